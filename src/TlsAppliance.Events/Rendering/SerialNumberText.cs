using System.Globalization;
using System.Numerics;

namespace TlsAppliance.Events.Rendering;

/// <summary>A certificate's serial number (RFC 5280 §4.1.2.2) from the contents octets of its INTEGER.</summary>
internal static class SerialNumberText
{
    /// <summary>Upper-case hexadecimal digits of whole bytes without a leading zero byte: <c>0FD078D4</c>; zero is <c>00</c>, a negative one has a <c>-</c>.</summary>
    internal static string Hexadecimal(ReadOnlySpan<byte> contents)
    {
        if (contents.IsEmpty)
        {
            return "";
        }

        if ((contents[0] & 0x80) != 0)
        {
            BigInteger magnitude = BigInteger.Negate(new BigInteger(contents, isUnsigned: false, isBigEndian: true));
            return "-" + Convert.ToHexString(magnitude.ToByteArray(isUnsigned: true, isBigEndian: true));
        }

        int start = contents.IndexOfAnyExcept((byte)0);
        return Convert.ToHexString(start < 0 ? contents[..1] : contents[start..]);
    }

    internal static string Decimal(ReadOnlySpan<byte> contents) =>
        contents.IsEmpty ? "" : new BigInteger(contents, isUnsigned: false, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
}
