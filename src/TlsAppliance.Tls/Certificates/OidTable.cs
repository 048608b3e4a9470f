using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// What is known about object identifiers, found by the contents octets of their DER form without a copy. There are some dozens, of many lengths, the usual ones first: looking
/// through them takes no longer than hashing one, and a dictionary of each of the types would be compiled when the first certificate comes.
/// </summary>
internal sealed class OidTable<T>
{
    private readonly byte[][] _identifiers;
    private readonly T[] _values;

    /// <param name="entries">Identifiers in dotted form, the most frequent first.</param>
    internal OidTable((string Oid, T Value)[] entries)
    {
        _identifiers = new byte[entries.Length][];
        _values = new T[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            _identifiers[i] = Encode(entries[i].Oid);
            _values[i] = entries[i].Value;
        }
    }

    internal bool TryGet(ReadOnlySpan<byte> oid, [MaybeNullWhen(false)] out T value)
    {
        for (int i = 0; i < _identifiers.Length; i++)
        {
            if (oid.SequenceEqual(_identifiers[i]))
            {
                value = _values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

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
}
