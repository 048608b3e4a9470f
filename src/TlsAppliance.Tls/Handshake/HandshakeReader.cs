using System.Buffers;
using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Records;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// Joins the fragments of handshake records into messages (RFC 8446 §5.1: a message may be spread over records, and several may share one). A message
/// that lies in one piece is handed on in place; only the others are collected in a pooled buffer, and of these only the bytes that somebody reads.
/// </summary>
internal struct HandshakeReader
{
    /// <summary>Status type, length and the head of the OCSP response lie in here.</summary>
    private const int CertificateStatusPrefix = 64;

    /// <summary>The named curve, also behind a short PSK identity hint.</summary>
    private const int ServerKeyExchangePrefix = 64;

    private HeaderBytes _header;
    private byte _headerLength;
    private bool _inMessage;

    /// <summary>The body is passed over and not announced again.</summary>
    private bool _isSilent;

    /// <summary>After a hole: the next record that begins with a message goes on, others are passed over.</summary>
    private bool _isLost;

    private HandshakeType _type;
    private int _length;
    private int _position;
    private int _kept;
    private byte[]? _buffer;

    /// <summary>Tells of the record that the next bytes belong to; needed to find a message again after a hole.</summary>
    public void BeginRecord(RecordPiece piece)
    {
        if (_isLost && piece.BeginsRecord && HandshakeHeader.TryRead(piece.Bytes, out HandshakeHeader header))
        {
            _isLost = !HandshakeHeader.IsKnown((byte)header.Type) || HandshakeHeader.Size + header.Length > piece.RecordLength;
        }
    }

    /// <summary>Takes the next message from the front of <paramref name="fragment"/>; false when it is used up.</summary>
    public bool Read(ref ReadOnlySpan<byte> fragment, HandshakeBufferPool buffers, int maxMessage, out HandshakeMessage message)
    {
        message = default;
        Release(buffers);
        while (!_isLost && (_inMessage || ReadHeader(ref fragment)))
        {
            if (!_isSilent && BytesToKeep(_type, _length) > maxMessage)
            {
                _isSilent = true;
                message = new HandshakeMessage(_type, default, isSkipped: true);
                return true;
            }

            if (!ReadBody(ref fragment, buffers, out ReadOnlySpan<byte> body))
            {
                return false;
            }

            if (!_isSilent)
            {
                message = new HandshakeMessage(_type, body);
                return true;
            }

            _isSilent = false;
        }

        fragment = default;
        return false;
    }

    /// <summary>A hole of <paramref name="missing"/> bytes within the fragments. True when a message was damaged by it.</summary>
    public bool Skip(long missing, HandshakeBufferPool buffers)
    {
        bool damaged = _inMessage && !_isSilent;
        DropBuffer(buffers);
        if (_inMessage && missing <= _length - _position)
        {
            _position += (int)missing;
            _isSilent = true;
            return damaged;
        }

        Lose(buffers);
        return damaged;
    }

    /// <summary>A hole of unknown extent: what was begun is dropped. True when a message was damaged by it.</summary>
    public bool Lose(HandshakeBufferPool buffers)
    {
        bool damaged = _inMessage && !_isSilent;
        Reset(buffers);
        _isLost = true;
        return damaged;
    }

    /// <summary>Gives back the buffer and begins anew.</summary>
    public void Reset(HandshakeBufferPool buffers)
    {
        DropBuffer(buffers);
        this = default;
    }

    /// <summary>Writes the message that is being collected, as far as it is held: its header and the bytes kept of its body.</summary>
    public readonly void WriteHeld(IBufferWriter<byte> output)
    {
        output.Write(_header[.._headerLength]);
        if (_inMessage && !_isSilent)
        {
            HeldRecords.WriteHeader(output, _type, _length);
            output.Write(_buffer.AsSpan(0, _kept));
        }
    }

    private bool ReadHeader(ref ReadOnlySpan<byte> fragment)
    {
        if (_headerLength == 0 && HandshakeHeader.TryRead(fragment, out HandshakeHeader whole))
        {
            fragment = fragment[HandshakeHeader.Size..];
            Begin(whole);
            return true;
        }

        int taken = Math.Min(HandshakeHeader.Size - _headerLength, fragment.Length);
        fragment[..taken].CopyTo(_header[_headerLength..]);
        _headerLength += (byte)taken;
        fragment = fragment[taken..];
        if (!HandshakeHeader.TryRead(_header[.._headerLength], out HandshakeHeader header))
        {
            return false;
        }

        Begin(header);
        return true;
    }

    private void Begin(HandshakeHeader header)
    {
        _headerLength = 0;
        _inMessage = true;
        _type = header.Type;
        _length = header.Length;
        _position = 0;
        _kept = 0;
    }

    private bool ReadBody(ref ReadOnlySpan<byte> fragment, HandshakeBufferPool buffers, out ReadOnlySpan<byte> body)
    {
        int taken = Math.Min(_length - _position, fragment.Length);
        ReadOnlySpan<byte> bytes = fragment[..taken];
        fragment = fragment[taken..];
        int keep = _isSilent ? 0 : BytesToKeep(_type, _length);
        if (_position == 0 && taken == _length)
        {
            _inMessage = false;
            body = bytes[..keep];
            return true;
        }

        Keep(bytes[..Math.Clamp(keep - _position, 0, taken)], keep, buffers);
        _position += taken;
        _inMessage = _position < _length;
        body = _isSilent ? default : _buffer.AsSpan(0, _kept);
        return !_inMessage;
    }

    /// <summary>The buffer grows with the bytes that came, not with the length that was declared.</summary>
    private void Keep(ReadOnlySpan<byte> bytes, int keep, HandshakeBufferPool buffers)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        int needed = _kept + bytes.Length;
        if (_buffer is null || _buffer.Length < needed)
        {
            byte[] larger = buffers.Rent(Math.Min(Math.Max(needed, 2 * _kept), keep));
            _buffer.AsSpan(0, _kept).CopyTo(larger);
            DropBuffer(buffers);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_kept));
        _kept = needed;
    }

    private static int BytesToKeep(HandshakeType type, int length) => type switch
    {
        HandshakeType.ClientHello or HandshakeType.ServerHello or HandshakeType.HelloRetryRequest or HandshakeType.Certificate => length,
        HandshakeType.ServerKeyExchange => Math.Min(length, ServerKeyExchangePrefix),
        HandshakeType.CertificateStatus => Math.Min(length, CertificateStatusPrefix),
        _ => 0,
    };

    /// <summary>The last message's body was borrowed from the buffer until now.</summary>
    private void Release(HandshakeBufferPool buffers)
    {
        if (!_inMessage)
        {
            DropBuffer(buffers);
        }
    }

    private void DropBuffer(HandshakeBufferPool buffers)
    {
        if (_buffer is not null)
        {
            buffers.Return(_buffer);
            _buffer = null;
        }
    }

    [InlineArray(HandshakeHeader.Size)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
