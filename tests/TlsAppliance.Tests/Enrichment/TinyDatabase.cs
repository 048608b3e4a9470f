using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace TlsAppliance.Tests.Enrichment;

/// <summary>Writes a small database in MaxMind's format, version 2.0: a binary tree over the bits of addresses, then the data, then a description of both.</summary>
internal sealed class TinyDatabase
{
    private const int RecordBytes = 3;
    private const int SeparatorBytes = 16;
    private const int Ipv4Prefix = 96;

    private readonly List<int?[]> _nodes = [[null, null]];
    private readonly List<byte> _data = [];

    /// <summary>Indices of data records in the tree are told from those of nodes by their sign.</summary>
    public TinyDatabase Add(string network, Dictionary<string, object> value)
    {
        IPNetwork parsed = IPNetwork.Parse(network);
        bool isIpv4 = parsed.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        byte[] address = isIpv4 ? [.. new byte[12], .. parsed.BaseAddress.GetAddressBytes()] : parsed.BaseAddress.GetAddressBytes();
        int length = parsed.PrefixLength + (isIpv4 ? Ipv4Prefix : 0);
        int node = 0;
        for (int bit = 0; bit < length - 1; bit++)
        {
            int side = Bit(address, bit);
            if (_nodes[node][side] is null)
            {
                _nodes.Add([null, null]);
                _nodes[node][side] = _nodes.Count - 1;
            }

            node = _nodes[node][side]!.Value;
        }

        _nodes[node][Bit(address, length - 1)] = -1 - _data.Count;
        Write(_data, value);
        return this;
    }

    public string Save(string path, string type = "Test")
    {
        var file = new List<byte>();
        foreach (int?[] node in _nodes)
        {
            foreach (int? record in node)
            {
                int value = record switch { null => _nodes.Count, >= 0 => record.Value, _ => _nodes.Count + SeparatorBytes + (-1 - record.Value) };
                file.AddRange([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);
            }
        }

        file.AddRange(new byte[SeparatorBytes]);
        file.AddRange(_data);
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Write(file, new Dictionary<string, object>
        {
            ["node_count"] = (uint)_nodes.Count,
            ["record_size"] = (ushort)(RecordBytes * 8),
            ["ip_version"] = (ushort)6,
            ["database_type"] = type,
            ["languages"] = new object[] { "en" },
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_700_000_000UL,
            ["description"] = new Dictionary<string, object> { ["en"] = "made by a test" },
        });
        File.WriteAllBytes(path, [.. file]);
        return path;
    }

    private static int Bit(byte[] address, int bit) => address[bit / 8] >> (7 - bit % 8) & 1;

    private static void Write(List<byte> to, object value)
    {
        switch (value)
        {
            case Dictionary<string, object> map:
                Head(to, 7, map.Count);
                foreach ((string name, object inner) in map)
                {
                    Write(to, name);
                    Write(to, inner);
                }

                break;
            case object[] list:
                Head(to, 11, list.Length);
                foreach (object item in list)
                {
                    Write(to, item);
                }

                break;
            case string text:
                Bytes(to, 2, Encoding.UTF8.GetBytes(text));
                break;
            case double number:
                byte[] bytes = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
                Bytes(to, 3, bytes);
                break;
            case ushort number:
                Bytes(to, 5, [(byte)(number >> 8), (byte)number]);
                break;
            case uint number:
                Bytes(to, 6, [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                break;
            case ulong number:
                byte[] wide = new byte[8];
                BinaryPrimitives.WriteUInt64BigEndian(wide, number);
                Bytes(to, 9, wide);
                break;
            default:
                throw new ArgumentException($"{value.GetType()}", nameof(value));
        }
    }

    private static void Bytes(List<byte> to, int type, byte[] bytes)
    {
        Head(to, type, bytes.Length);
        to.AddRange(bytes);
    }

    private static void Head(List<byte> to, int type, int size)
    {
        (int length, byte[] more) = size < 29 ? (size, Array.Empty<byte>()) : (29, [(byte)(size - 29)]);
        to.AddRange(type <= 7 ? [(byte)(type << 5 | length), .. more] : [(byte)length, (byte)(type - 7), .. more]);
    }
}
