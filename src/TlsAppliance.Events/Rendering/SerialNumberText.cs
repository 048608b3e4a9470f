using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Events.Rendering;

/// <summary>A certificate's serial number (RFC 5280 §4.1.2.2) from the contents octets of its INTEGER.</summary>
internal static class SerialNumberText
{
    /// <summary>What the RFC allows; it forbids negative ones as well.</summary>
    private const int UsualOctets = 20;

    private const int GroupDigits = 9;
    private const uint Group = 1_000_000_000;

    /// <summary>20 octets are less than 10^49.</summary>
    private const int UsualGroups = 6;

    /// <summary>Upper-case hexadecimal digits of whole bytes without a leading zero byte: <c>0FD078D4</c>; zero is <c>00</c>, a negative one has a <c>-</c>.</summary>
    internal static string Hexadecimal(ReadOnlySpan<byte> contents)
    {
        if (contents.IsEmpty)
        {
            return "";
        }

        if ((contents[0] & 0x80) != 0)
        {
            return HexadecimalOfNegative(contents);
        }

        int start = contents.IndexOfAnyExcept((byte)0);
        return Convert.ToHexString(start < 0 ? contents[..1] : contents[start..]);
    }

    internal static string Decimal(ReadOnlySpan<byte> contents) => contents switch
    {
        [] => "",
        [< 0x80, ..] when contents.Length <= UsualOctets => DecimalOfUsual(contents),
        _ => DecimalOfUnusual(contents),
    };

    /// <summary>Nine digits at a time, the last ones first. The library of large numbers is loaded only for what no serial number should be.</summary>
    private static string DecimalOfUsual(ReadOnlySpan<byte> contents)
    {
        Span<byte> octets = stackalloc byte[UsualOctets];
        octets.Clear();
        contents.CopyTo(octets[(UsualOctets - contents.Length)..]);
        Span<uint> words = stackalloc uint[UsualOctets / sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(octets[(i * sizeof(uint))..]);
        }

        Span<char> digits = stackalloc char[UsualGroups * GroupDigits];
        for (int end = digits.Length; end > 0; end -= GroupDigits)
        {
            uint group = DivideByGroup(words);
            for (int digit = 1; digit <= GroupDigits; digit++)
            {
                digits[end - digit] = (char)('0' + (group % 10));
                group /= 10;
            }
        }

        ReadOnlySpan<char> text = digits.TrimStart('0');
        return text.IsEmpty ? "0" : text.ToString();
    }

    /// <summary>Leaves the quotient, high word first, and returns the rest.</summary>
    private static uint DivideByGroup(Span<uint> words)
    {
        ulong rest = 0;
        foreach (ref uint word in words)
        {
            ulong value = (rest << 32) | word;
            word = (uint)(value / Group);
            rest = value % Group;
        }

        return (uint)rest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string DecimalOfUnusual(ReadOnlySpan<byte> contents) =>
        new BigInteger(contents, isUnsigned: false, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string HexadecimalOfNegative(ReadOnlySpan<byte> contents)
    {
        BigInteger magnitude = BigInteger.Negate(new BigInteger(contents, isUnsigned: false, isBigEndian: true));
        return "-" + Convert.ToHexString(magnitude.ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
