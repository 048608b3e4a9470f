using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace TlsAppliance.Events.Json;

/// <summary>
/// Escapes text for a JSON string (RFC 8259 §7). Whatever comes in, valid UTF-8 comes out: a byte that is part of no character and a lone surrogate
/// become U+FFFD each, control characters become escapes. HTML characters stay as they are.
/// </summary>
internal static class JsonText
{
    /// <summary>Most bytes that one byte of UTF-8, or one UTF-16 unit, turns into: <c>\u0000</c>.</summary>
    internal const int LongestEscape = 6;

    /// <summary>Writes as many whole characters as fit. <paramref name="whole"/>: all of them did.</summary>
    internal static int Escape(ReadOnlySpan<byte> text, Span<byte> destination, out bool whole)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            int plain = PlainLength(text);
            int copied = Math.Min(plain, destination.Length - written);
            text[..copied].CopyTo(destination[written..]);
            written += copied;
            text = text[copied..];
            if (copied < plain || (!text.IsEmpty && !TryEscapeFirst(ref text, destination, ref written)))
            {
                break;
            }
        }

        whole = text.IsEmpty;
        return written;
    }

    /// <inheritdoc cref="Escape(ReadOnlySpan{byte}, Span{byte}, out bool)"/>
    internal static int Escape(ReadOnlySpan<char> text, Span<byte> destination, out bool whole)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            int plain = PlainLength(text);
            int copied = Math.Min(plain, destination.Length - written);
            Ascii.FromUtf16(text[..copied], destination[written..], out _);
            written += copied;
            text = text[copied..];
            if (copied < plain || (!text.IsEmpty && !TryEscapeFirst(ref text, destination, ref written)))
            {
                break;
            }
        }

        whole = text.IsEmpty;
        return written;
    }

    /// <summary>An undecodable byte counts alone, as in Go, so that the number of U+FFFD matches Packetbeat's.</summary>
    private static bool TryEscapeFirst(ref ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        if (Rune.DecodeFromUtf8(text, out Rune rune, out int consumed) != OperationStatus.Done)
        {
            (rune, consumed) = (Rune.ReplacementChar, 1);
        }

        int length = Write(rune, destination[written..]);
        written += length;
        text = text[(length == 0 ? 0 : consumed)..];
        return length > 0;
    }

    private static bool TryEscapeFirst(ref ReadOnlySpan<char> text, Span<byte> destination, ref int written)
    {
        if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) != OperationStatus.Done)
        {
            (rune, consumed) = (Rune.ReplacementChar, 1);
        }

        int length = Write(rune, destination[written..]);
        written += length;
        text = text[(length == 0 ? 0 : consumed)..];
        return length > 0;
    }

    /// <summary>Bytes written; 0 when there is no room.</summary>
    private static int Write(Rune rune, Span<byte> destination)
    {
        Span<byte> escape = stackalloc byte[LongestEscape];
        int length = rune.Value switch
        {
            '"' => Short('"', escape),
            '\\' => Short('\\', escape),
            '\b' => Short('b', escape),
            '\f' => Short('f', escape),
            '\n' => Short('n', escape),
            '\r' => Short('r', escape),
            '\t' => Short('t', escape),
            < ' ' => Long(rune.Value, escape),
            _ => rune.EncodeToUtf8(escape),
        };
        return escape[..length].TryCopyTo(destination) ? length : 0;
    }

    private static int Short(char letter, Span<byte> escape)
    {
        (escape[0], escape[1]) = ((byte)'\\', (byte)letter);
        return 2;
    }

    private static int Long(int control, Span<byte> escape)
    {
        "\\u00"u8.CopyTo(escape);
        (escape[4], escape[5]) = ((byte)('0' + (control >> 4)), (byte)"0123456789abcdef"[control & 0xF]);
        return LongestEscape;
    }

    /// <summary>
    /// How many bytes from the first on go into JSON as they are. SearchValues would find it as fast, after each process has compiled its code, which has a form for every
    /// width of vectors; until then, and every event comes here, it is slow.
    /// </summary>
    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (text.Length - length >= Vector128<byte>.Count)
        {
            uint special = Special(Vector128.Create(text[length..]));
            if (special != 0)
            {
                return length + BitOperations.TrailingZeroCount(special);
            }

            length += Vector128<byte>.Count;
        }

        while (length < text.Length && IsPlain(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Of strings there are few: those of the configuration, and of certificates that are read for the first time.</summary>
    private static int PlainLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && IsPlain(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>One bit for each byte that is not plain. As signed numbers, what is no ASCII and control characters are those below the space.</summary>
    private static uint Special(Vector128<byte> text) =>
        (Vector128.LessThan(text.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | Vector128.Equals(text, Vector128.Create((byte)'"')) | Vector128.Equals(text, Vector128.Create((byte)'\\')))
        .ExtractMostSignificantBits();

    private static bool IsPlain(int unit) => unit is >= ' ' and < 0x80 and not ('"' or '\\');
}
