using System.Globalization;
using System.Text;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// An object identifier in dotted form. One that is malformed, longer than <see cref="MaxOctets"/> or has an arc above 2¹²⁶ is shown as <c>#</c> and the
/// hexadecimal digits of its encoding, cut at that many octets.
/// </summary>
internal static class OidText
{
    internal const int MaxOctets = 64;
    private const int MaxSeptetsOfArc = 18;

    internal static string Of(ReadOnlySpan<byte> oid) => TryWrite(oid, out StringBuilder text) ? text.ToString() : Hexadecimal(oid);

    private static bool TryWrite(ReadOnlySpan<byte> oid, out StringBuilder text)
    {
        text = new StringBuilder();
        if (oid.Length > MaxOctets)
        {
            return false;
        }

        while (!oid.IsEmpty)
        {
            if (!TryReadArc(ref oid, out UInt128 arc))
            {
                return false;
            }

            AppendArc(text, arc);
        }

        return text.Length > 0;
    }

    private static bool TryReadArc(ref ReadOnlySpan<byte> oid, out UInt128 arc)
    {
        arc = 0;
        for (int i = 0; i < oid.Length && i < MaxSeptetsOfArc; i++)
        {
            arc = (arc << 7) | (byte)(oid[i] & 0x7F);
            if (oid[i] < 0x80)
            {
                oid = oid[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>The first encoded number holds two arcs (X.690 §8.19.4).</summary>
    private static void AppendArc(StringBuilder text, UInt128 arc)
    {
        if (text.Length == 0)
        {
            UInt128 first = UInt128.Min(arc / 40, 2);
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            arc -= first * 40;
        }

        text.Append(CultureInfo.InvariantCulture, $".{arc}");
    }

    private static string Hexadecimal(ReadOnlySpan<byte> oid) => "#" + Convert.ToHexStringLower(oid[..Math.Min(oid.Length, MaxOctets)]);
}
