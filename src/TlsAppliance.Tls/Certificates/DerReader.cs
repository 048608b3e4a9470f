namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Walks over the elements of one DER level. Lengths that are not minimal are accepted, indefinite ones are not. After a failure the reader is empty,
/// so that no loop over it runs on.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    private const byte LongTagForm = 0x1F;
    private const byte LongLengthForm = 0x80;
    private const int MaxLengthOctets = 4;

    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly bool IsEmpty => _rest.IsEmpty;

    internal readonly bool NextIs(byte tag) => !_rest.IsEmpty && _rest[0] == tag;

    /// <summary>The next element, whatever it is. False: there is none, or what follows is no element.</summary>
    internal bool TryRead(out DerElement element)
    {
        if (!TryMeasure(_rest, out int header, out int length))
        {
            _rest = default;
            element = default;
            return false;
        }

        element = new DerElement(_rest[0], _rest.Slice(header, length), _rest[..(header + length)]);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>The contents of the next element if it has this tag. One with another tag is skipped.</summary>
    internal bool TryRead(byte tag, out ReadOnlySpan<byte> contents)
    {
        bool isExpected = TryRead(out DerElement element) && element.Tag == tag;
        contents = isExpected ? element.Contents : default;
        return isExpected;
    }

    /// <summary>As <see cref="TryRead(byte, out ReadOnlySpan{byte})"/>, but an element with another tag stays the next one.</summary>
    internal bool TryReadOptional(byte tag, out ReadOnlySpan<byte> contents)
    {
        contents = default;
        return NextIs(tag) && TryRead(tag, out contents);
    }

    /// <summary>A reader over the contents of the next element; empty when it has another tag.</summary>
    internal bool TryEnter(byte tag, out DerReader inner)
    {
        bool entered = TryRead(tag, out ReadOnlySpan<byte> contents);
        inner = new DerReader(contents);
        return entered;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        header = 2;
        length = 0;
        if (bytes.Length < header || (bytes[0] & LongTagForm) == LongTagForm)
        {
            return false;
        }

        length = bytes[1];
        return (length < LongLengthForm || TryReadLongLength(bytes, ref header, out length)) && length <= bytes.Length - header;
    }

    private static bool TryReadLongLength(ReadOnlySpan<byte> bytes, ref int header, out int length)
    {
        int octets = bytes[1] - LongLengthForm;
        length = 0;
        if (octets is 0 or > MaxLengthOctets || octets > bytes.Length - header)
        {
            return false;
        }

        uint value = 0;
        foreach (byte octet in bytes.Slice(header, octets))
        {
            value = (value << 8) | octet;
        }

        header += octets;
        length = (int)value;
        return length >= 0;
    }
}
