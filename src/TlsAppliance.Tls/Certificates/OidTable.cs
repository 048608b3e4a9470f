using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TlsAppliance.Tls.Certificates;

/// <summary>What is known about object identifiers, found by the contents octets of their DER form without a copy.</summary>
internal sealed class OidTable<T>
{
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _values;

    /// <param name="entries">Identifiers in dotted form.</param>
    internal OidTable(ReadOnlySpan<(string Oid, T Value)> entries)
    {
        var values = new Dictionary<byte[], T>(entries.Length, ContentsComparer.Instance);
        foreach ((string oid, T value) in entries)
        {
            values.Add(Encode(oid), value);
        }

        _values = values.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    internal bool TryGet(ReadOnlySpan<byte> oid, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(oid, out value);

    private static byte[] Encode(string dotted)
    {
        int[] arcs = Array.ConvertAll(dotted.Split('.'), arc => int.Parse(arc, CultureInfo.InvariantCulture));
        List<byte> contents = [(byte)((arcs[0] * 40) + arcs[1])];
        foreach (int arc in arcs.AsSpan(2))
        {
            AppendBase128(contents, arc);
        }

        return [.. contents];
    }

    private static void AppendBase128(List<byte> contents, int arc)
    {
        for (int shift = 28; shift > 0; shift -= 7)
        {
            if (arc >> shift != 0)
            {
                contents.Add((byte)((arc >> shift) | 0x80));
            }
        }

        contents.Add((byte)(arc & 0x7F));
    }

    private sealed class ContentsComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static ContentsComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
