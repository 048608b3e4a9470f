using System.Buffers.Text;

namespace TlsAppliance.Tls.Text;

/// <summary>Appends to a span that is long enough; allocates nothing.</summary>
internal ref struct AsciiWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    internal int Length { get; private set; }

    internal void Append(byte character) => _destination[Length++] = character;

    internal void Append(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_destination[Length..]);
        Length += text.Length;
    }

    internal void AppendDecimal(int value)
    {
        Utf8Formatter.TryFormat(value, _destination[Length..], out int written);
        Length += written;
    }

    /// <summary>Two digits; 99 for all that is more.</summary>
    internal void AppendCount(int count)
    {
        count = Math.Min(count, 99);
        Append((byte)('0' + (count / 10)));
        Append((byte)('0' + (count % 10)));
    }

    /// <summary>The lowest so many hexadecimal digits, in lower case.</summary>
    internal void AppendHexadecimal(int value, int digits = 4)
    {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            Append(HexadecimalDigit(value >> shift));
        }
    }

    /// <summary>Digit of the lowest four bits.</summary>
    internal static byte HexadecimalDigit(int value) => "0123456789abcdef"u8[value & 0xF];
}
