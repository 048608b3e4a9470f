using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Records;

/// <summary>
/// Cuts the bytes of one direction into records (RFC 8446 §5.1). Nothing but an unfinished header is kept: a fragment is handed on in the pieces in
/// which it comes. Where the beginning of a record is not known (after a hole, or after bytes that are no record) it looks for the next one.
/// </summary>
internal struct RecordReader
{
    /// <summary>The first <see cref="_headerLength"/> bytes of the header that is being collected.</summary>
    private HeaderBytes _header;

    private byte _headerLength;

    /// <summary>True between the end of a header and the end of its fragment.</summary>
    private bool _inFragment;

    /// <summary>True while the beginning of a record is looked for; then no fragment is open.</summary>
    private bool _isLost;

    private ContentType _type;
    private ushort _length;
    private ushort _position;

    /// <summary>True while the beginning of a record is looked for.</summary>
    public readonly bool IsLost => _isLost;

    /// <summary>Type of the record read last.</summary>
    public readonly ContentType Type => _type;

    /// <summary>Bytes of the open record that are still to come; 0 between records.</summary>
    public readonly int Missing => _inFragment ? _length - _position : 0;

    /// <summary>The unfinished header.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> HeldHeader => _header[.._headerLength];

    /// <summary>
    /// Takes the next piece from the front of <paramref name="input"/>. Incomplete: all of the input is used up. Malformed: a record had to begin and
    /// did not; said once, from then on the reader looks for the next one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ParseStatus Read(ref ReadOnlySpan<byte> input, out RecordPiece piece)
    {
        piece = default;
        if (!_inFragment)
        {
            ParseStatus status = _isLost ? FindHeader(ref input) : ReadHeader(ref input);
            if (status != ParseStatus.Complete)
            {
                return status;
            }
        }

        int taken = Math.Min(_length - _position, input.Length);
        if (taken == 0 && _position < _length)
        {
            return ParseStatus.Incomplete;
        }

        piece = new RecordPiece(_type, _length, input[..taken], _position);
        input = input[taken..];
        Advance(taken);
        return ParseStatus.Complete;
    }

    /// <summary>A hole in the input. True when it lies within the open record, so that the reader still knows where it is.</summary>
    public bool TrySkip(long missing)
    {
        if (_inFragment && missing <= _length - _position)
        {
            Advance((int)missing);
            return true;
        }

        this = default;
        _isLost = true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ParseStatus ReadHeader(ref ReadOnlySpan<byte> input)
    {
        if (_headerLength == 0 && RecordHeader.TryRead(input, out RecordHeader whole) && whole.IsValid)
        {
            input = input[RecordHeader.Size..];
            Begin(whole);
            return ParseStatus.Complete;
        }

        int taken = Math.Min(RecordHeader.Size - _headerLength, input.Length);
        input[..taken].CopyTo(_header[_headerLength..]);
        _headerLength += (byte)taken;
        input = input[taken..];
        if (!RecordHeader.TryRead(_header[.._headerLength], out RecordHeader header))
        {
            return ParseStatus.Incomplete;
        }

        if (!header.IsValid)
        {
            _isLost = true;
            DropFirstHeaderByte();
            return ParseStatus.Malformed;
        }

        Begin(header);
        return ParseStatus.Complete;
    }

    private ParseStatus FindHeader(ref ReadOnlySpan<byte> input)
    {
        while (true)
        {
            if (_headerLength == 0)
            {
                int start = input.IndexOfAnyInRange((byte)ContentType.ChangeCipherSpec, (byte)ContentType.ApplicationData);
                input = start < 0 ? default : input[start..];
            }

            int taken = Math.Min(RecordHeader.Size - _headerLength, input.Length);
            input[..taken].CopyTo(_header[_headerLength..]);
            _headerLength += (byte)taken;
            input = input[taken..];
            if (!RecordHeader.TryRead(_header[.._headerLength], out RecordHeader header))
            {
                return ParseStatus.Incomplete;
            }

            if (header.IsPlausible)
            {
                Begin(header);
                return ParseStatus.Complete;
            }

            DropFirstHeaderByte();
        }
    }

    private void Begin(RecordHeader header)
    {
        _headerLength = 0;
        _isLost = false;
        _inFragment = true;
        _type = header.Type;
        _length = (ushort)header.Length;
        _position = 0;
    }

    private void Advance(int count)
    {
        _position += (ushort)count;
        _inFragment = _position < _length;
    }

    private void DropFirstHeaderByte()
    {
        _headerLength--;
        _header[1..(_headerLength + 1)].CopyTo(_header);
    }

    [InlineArray(RecordHeader.Size)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
