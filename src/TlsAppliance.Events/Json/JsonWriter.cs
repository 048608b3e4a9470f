using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Events.Json;

/// <summary>
/// Writes one JSON document into a span without allocating. Names come ready encoded (<c>,"name":</c>). When the span is too small the writer says so
/// by <see cref="Overflowed"/> and writes nothing more; the caller begins again with a larger one.
/// </summary>
/// <remarks>A comma is due when the last byte opens nothing: no value ends in an opening bracket outside of a string, and a string ends in a quote.</remarks>
internal ref struct JsonWriter
{
    private const int LongestNumber = 20;

    private readonly Span<byte> _buffer;

    /// <summary>Where writing ends: the buffer's length, or -1 once something did not fit.</summary>
    private int _end;

    internal JsonWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _end = buffer.Length;
    }

    internal int Length { get; private set; }

    internal readonly bool Overflowed => _end < 0;

    private readonly bool IsEmpty => Length > 0 && _buffer[Length - 1] is (byte)'{' or (byte)'[';

    internal readonly ReadOnlySpan<byte> From(int position) => _buffer[position..Length];

    /// <summary>Begins a property. The first one of an object goes without the comma of its name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Name(scoped ReadOnlySpan<byte> encodedName) => Append(IsEmpty ? encodedName[1..] : encodedName);

    /// <summary>Begins an object or list. The position is given back to <see cref="Close"/>, so that it can be taken away again when it stays empty.</summary>
    internal int Open(scoped ReadOnlySpan<byte> encodedName, byte bracket)
    {
        int start = Length;
        Name(encodedName);
        Append(bracket);
        return start;
    }

    /// <summary>Begins an object or list that is an entry of a list; see <see cref="Open"/>.</summary>
    internal int OpenEntry(byte bracket)
    {
        int start = Length;
        Separate();
        Append(bracket);
        return start;
    }

    internal void Close(int start, byte bracket, bool keepEmpty = false)
    {
        if (IsEmpty && !keepEmpty)
        {
            Length = start;
            return;
        }

        Append(bracket);
    }

    /// <summary>A comma, unless this is the first property or value.</summary>
    internal void Separate()
    {
        if (Length > 0 && !IsEmpty)
        {
            Append((byte)',');
        }
    }

    /// <summary>A string of at most <paramref name="limit"/> escaped bytes; false when it was cut.</summary>
    internal bool Text(scoped ReadOnlySpan<byte> utf8, int limit)
    {
        int room = (int)Math.Min(limit, (long)utf8.Length * JsonText.LongestEscape);
        if (!Reserve(room + 2))
        {
            return true;
        }

        _buffer[Length++] = (byte)'"';
        Length += JsonText.Escape(utf8, _buffer.Slice(Length, room), out bool whole);
        _buffer[Length++] = (byte)'"';
        return whole;
    }

    /// <summary>A string in which nothing needs an escape, taken as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PlainText(scoped ReadOnlySpan<byte> ascii)
    {
        if (Reserve(ascii.Length + 2))
        {
            _buffer[Length++] = (byte)'"';
            ascii.CopyTo(_buffer[Length..]);
            Length += ascii.Length;
            _buffer[Length++] = (byte)'"';
        }
    }

    /// <inheritdoc cref="Text(ReadOnlySpan{byte}, int)"/>
    internal bool Text(scoped ReadOnlySpan<char> utf16, int limit)
    {
        int room = (int)Math.Min(limit, (long)utf16.Length * JsonText.LongestEscape);
        if (!Reserve(room + 2))
        {
            return true;
        }

        _buffer[Length++] = (byte)'"';
        Length += JsonText.Escape(utf16, _buffer.Slice(Length, room), out bool whole);
        _buffer[Length++] = (byte)'"';
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Number(long value)
    {
        if (Reserve(LongestNumber) && Utf8Formatter.TryFormat(value, _buffer[Length..], out int written))
        {
            Length += written;
        }
    }

    internal void Boolean(bool value) => Append(value ? "true"u8 : "false"u8);

    internal void LowerHex(scoped ReadOnlySpan<byte> bytes)
    {
        Append((byte)'"');
        if (Reserve(bytes.Length * 2) && Convert.TryToHexStringLower(bytes, _buffer[Length..], out int written))
        {
            Length += written;
        }

        Append((byte)'"');
    }

    internal void UpperHex(scoped ReadOnlySpan<byte> bytes)
    {
        Append((byte)'"');
        if (Reserve(bytes.Length * 2) && Convert.TryToHexString(bytes, _buffer[Length..], out int written))
        {
            Length += written;
        }

        Append((byte)'"');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Append(scoped ReadOnlySpan<byte> json)
    {
        if (Reserve(json.Length))
        {
            json.CopyTo(_buffer[Length..]);
            Length += json.Length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Append(byte json)
    {
        if (Reserve(1))
        {
            _buffer[Length++] = json;
        }
    }

    private bool Reserve(int size)
    {
        if (_end - Length >= size)
        {
            return true;
        }

        _end = -1;
        return false;
    }
}
