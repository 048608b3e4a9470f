using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Buffers.Binary;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// The setting <c>internal_networks</c>: networks in CIDR form or by the names that Packetbeat knows. Addresses are IPv4-mapped values, so that one
/// comparison serves both families.
/// </summary>
internal sealed class InternalNetworks
{
    private static readonly string[] NotPublic =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10", "224.0.0.0/24",
        "ff02::/16", "ff01::/16", "0.0.0.0/32", "::/128", "255.255.255.255/32"];

    private static readonly string[] NotUnicast =
        ["127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10", "224.0.0.0/4", "ff00::/8", "0.0.0.0/32", "::/128", "255.255.255.255/32"];

    private static readonly Dictionary<string, Entry> Named = new(StringComparer.Ordinal)
    {
        ["loopback"] = Inside("127.0.0.0/8", "::1/128"),
        ["global_unicast"] = Outside(NotUnicast),
        ["unicast"] = Outside(NotUnicast),
        ["link_local_unicast"] = Inside("169.254.0.0/16", "fe80::/10"),
        ["interface_local_multicast"] = Inside("ff01::/16"),
        ["link_local_multicast"] = Inside("224.0.0.0/24", "ff02::/16"),
        ["multicast"] = Inside("224.0.0.0/4", "ff00::/8"),
        ["unspecified"] = Inside("0.0.0.0/32", "::/128"),
        ["private"] = Inside("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"),
        ["public"] = Outside(NotPublic),
    };

    private readonly Entry[] _entries;

    /// <exception cref="FormatException">An entry is neither a known name nor a network.</exception>
    internal InternalNetworks(IReadOnlyList<string> networks) =>
        _entries = [.. networks.Select(text => Named.TryGetValue(text, out Entry entry) ? entry : Inside(text))];

    /// <summary><c>network.direction</c>.</summary>
    internal ReadOnlySpan<byte> Direction(in IpAddress source, in IpAddress destination)
    {
        if (_entries.Length == 0)
        {
            return "unknown"u8;
        }

        return (Contains(source), Contains(destination)) switch
        {
            (true, true) => "internal"u8,
            (true, false) => "outbound"u8,
            (false, true) => "inbound"u8,
            _ => "external"u8,
        };
    }

    internal bool Contains(in IpAddress address)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static Entry Inside(params string[] networks) => new([.. networks.Select(Parse)], false);

    private static Entry Outside(string[] networks) => new([.. networks.Select(Parse)], true);

    private static Network Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text[..slash], out IPAddress? address)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            throw new FormatException($"'{text}' is neither a network (10.0.0.0/8) nor one of: {string.Join(", ", Named.Keys)}");
        }

        length += address.AddressFamily == AddressFamily.InterNetwork ? 96 : 0;
        UInt128 mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
        return new Network(BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes()) & mask, mask);
    }

    private readonly record struct Network(IpAddress Address, IpAddress Mask)
    {
        internal bool Contains(in IpAddress address) => (address.High & Mask.High) == Address.High && (address.Low & Mask.Low) == Address.Low;
    }

    private readonly record struct Entry(Network[] Networks, bool Outside)
    {
        internal bool Contains(in IpAddress address)
        {
            foreach (Network network in Networks)
            {
                if (network.Contains(address))
                {
                    return !Outside;
                }
            }

            return Outside;
        }
    }
}
