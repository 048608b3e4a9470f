using System.Buffers;
using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Records;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Sessions;

/// <summary>
/// One direction of a connection: finds where TLS begins, cuts it into records and messages and tells the <see cref="TlsSessionTracker"/> about them.
/// What it keeps of the bytes is an unfinished header, an unfinished message and, before TLS has begun, an unfinished hello.
/// </summary>
internal sealed class SessionDirection
{
    /// <summary>Shortest record that can hold an encrypted Finished: header 4, HMAC-SHA256 32, content type 1, tag 8. An alert is shorter.</summary>
    private const int MinEncryptedFinished = 4 + 32 + 1 + 8;

    private const int AlertLength = 2;

    /// <summary>Bytes that look like the head of a hello and are none may come so often; a bound for the time that hostile bytes take.</summary>
    private const int MaxFalseHellos = 64;

    private readonly TlsSessionTracker _tracker;

    private Stage _stage;
    private RecordReader _records;
    private HandshakeReader _handshake;
    private byte _alertLevel;
    private byte _falseHellos;

    /// <summary>Something of a TLS handshake was seen here.</summary>
    private bool _isProven;

    /// <summary>What follows in this direction is encrypted, whatever its type says.</summary>
    private bool _isEncrypted;

    /// <summary>Bytes that went by without being TLS, or without being known to be.</summary>
    private int _passed;

    /// <summary>Bytes that may become a hello; only before the stage <see cref="Stage.Records"/>.</summary>
    private byte[]? _pending;
    private int _pendingLength;

    public SessionDirection(TlsSessionTracker tracker, bool fromOriginator)
    {
        _tracker = tracker;
        FromOriginator = fromOriginator;
    }

    private HandshakeBufferPool Buffers => _tracker.Buffers;

    private enum Stage : byte
    {
        Start = 0,
        Preamble,
        Records,
        Closed,
    }

    public bool FromOriginator { get; }

    public SessionRole Role { get; set; }

    /// <summary>Nothing more is read here.</summary>
    public bool IsClosed => _stage == Stage.Closed;

    /// <summary>No hello can come any more.</summary>
    public bool CannotBegin => IsClosed || ChangeCipherSpecTime != 0;

    /// <summary>More went by than may stand before a hello.</summary>
    public bool IsPastPreamble => IsClosed && _passed > _tracker.Options.MaxPreamble;

    /// <summary>A hole was given up here.</summary>
    public bool HasGap { get; private set; }

    /// <summary>A ClientHello or ServerHello was read here.</summary>
    public bool HasHello { get; set; }

    /// <summary>The last message here was a HelloRetryRequest: a ChangeCipherSpec that follows is for middleboxes only.</summary>
    public bool AwaitsServerHello { get; set; }

    /// <summary>Alerts of a direction that began with TLS are a sign of it; those behind a preamble are not.</summary>
    public bool BeganWithRecords { get; private set; }

    /// <summary>Time of the ChangeCipherSpec that ends the plaintext, or 0.</summary>
    public long ChangeCipherSpecTime { get; private set; }

    /// <summary>Times of the first and the latest record after the hello that can be an encrypted Finished, or 0.</summary>
    public long FirstEncryptedTime { get; private set; }

    /// <inheritdoc cref="FirstEncryptedTime"/>
    public long LastEncryptedTime { get; private set; }

    public byte AlertCount { get; set; }

    public void Reset()
    {
        DropPending();
        _handshake.Reset(Buffers);
        _records = default;
        _stage = Stage.Start;
        _alertLevel = 0;
        _falseHellos = 0;
        _isProven = false;
        _isEncrypted = false;
        _passed = 0;
        Role = SessionRole.Unknown;
        HasGap = false;
        HasHello = false;
        AwaitsServerHello = false;
        BeganWithRecords = false;
        ChangeCipherSpecTime = 0;
        FirstEncryptedTime = 0;
        LastEncryptedTime = 0;
        AlertCount = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnBytes(ReadOnlySpan<byte> bytes, long time)
    {
        switch (_stage)
        {
            case Stage.Start:
            case Stage.Preamble:
                Recognise(Join(bytes), time);
                break;
            case Stage.Records:
                ReadRecords(bytes, time);
                break;
        }
    }

    public void OnGap(long missing)
    {
        HasGap = true;
        if (_stage is Stage.Start or Stage.Preamble)
        {
            // Whatever was begun is lost, and a hello may have been in the hole: any record will do from here.
            DropPending();
            _stage = Stage.Records;
        }

        if (_records.TrySkip(missing))
        {
            if (_records.Type == ContentType.Handshake && _handshake.Skip(missing, Buffers))
            {
                _tracker.OnSkipped();
            }
        }
        else if (_handshake.Lose(Buffers))
        {
            _tracker.OnSkipped();
        }
    }

    /// <summary>Writes what is held of this direction's bytes; see <see cref="TlsSessionTracker.WriteHeld"/>.</summary>
    public void WriteHeld(IBufferWriter<byte> output)
    {
        if (_pending is not null)
        {
            output.Write(_pending.AsSpan(0, _pendingLength));
            return;
        }

        var message = new ArrayBufferWriter<byte>();
        _handshake.WriteHeld(message);
        HeldRecords.Write(output, message.WrittenSpan, _records.Missing);
        output.Write(_records.HeldHeader);
    }

    /// <summary>From here on this direction is encrypted: handshake and alert records are no longer read.</summary>
    public void BeginEncryption()
    {
        _isEncrypted = true;
        _handshake.Reset(Buffers);
    }

    /// <summary>Gives back all buffers; nothing more is read.</summary>
    public void Close()
    {
        DropPending();
        _handshake.Reset(Buffers);
        _stage = Stage.Closed;
    }

    private void Recognise(ReadOnlySpan<byte> bytes, long time)
    {
        StreamStart start = _stage == Stage.Start ? HelloRecognition.AtStart(bytes) : StreamStart.Other;
        switch (start)
        {
            case StreamStart.Incomplete:
                Hold(bytes);
                return;
            case StreamStart.Records:
                BeganWithRecords = true;
                BeginRecords(bytes, time);
                return;
            case StreamStart.Ssl2Hello:
                _ = Ssl2ClientHello.Read(bytes, out Ssl2ClientHello hello, out int length);
                _tracker.OnSsl2Hello(this, hello, time);
                _isProven = true;
                BeginRecords(bytes[length..], time);
                return;
            default:
                _stage = Stage.Preamble;
                FindHello(bytes, time);
                return;
        }
    }

    /// <summary>Tries every offset, so that the result does not depend on how the bytes were cut.</summary>
    private void FindHello(ReadOnlySpan<byte> bytes, long time)
    {
        ReadOnlySpan<byte> preamble = bytes[..Math.Min(bytes.Length, _tracker.Options.MaxPreamble - _passed + 1)];
        int offset = 0;
        while (preamble[offset..].IndexOfAny(HelloRecognition.HandshakeRecord, HelloRecognition.AlertRecord) is var found and >= 0)
        {
            offset += found;
            ReadOnlySpan<byte> candidate = bytes[offset..];
            ParseStatus status = HelloRecognition.Inside(candidate);
            if (status == ParseStatus.Complete)
            {
                BeginRecords(candidate, time);
                return;
            }

            if (status == ParseStatus.Incomplete)
            {
                _passed += offset;
                Hold(candidate);
                return;
            }

            offset++;
            if (HelloRecognition.LooksLikeHello(candidate) && ++_falseHellos == MaxFalseHellos)
            {
                Close();
                return;
            }
        }

        Pass(bytes.Length);
    }

    private void BeginRecords(ReadOnlySpan<byte> bytes, long time)
    {
        _stage = Stage.Records;
        ReadRecords(bytes, time);
        DropPending();
    }

    private void Pass(int count)
    {
        DropPending();
        _passed += count;
        if (_passed > _tracker.Options.MaxPreamble)
        {
            Close();
        }
    }

    private void ReadRecords(ReadOnlySpan<byte> bytes, long time)
    {
        int length = bytes.Length;
        while (_stage == Stage.Records && _tracker.Status != TrackerStatus.Completed)
        {
            ParseStatus status = _records.Read(ref bytes, out RecordPiece piece);
            if (status == ParseStatus.Incomplete)
            {
                break;
            }

            if (status == ParseStatus.Malformed)
            {
                OnMalformedRecord();
                continue;
            }

            OnPiece(piece, time);
        }

        if (_records.IsLost || !_isProven)
        {
            Pass(length);
        }
    }

    private void OnMalformedRecord()
    {
        if (_isProven && !_isEncrypted)
        {
            _tracker.Note(TlsAnomalies.MalformedRecord);
        }

        if (_handshake.Lose(Buffers))
        {
            _tracker.OnSkipped();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OnPiece(RecordPiece piece, long time)
    {
        switch (piece.Type)
        {
            case ContentType.Handshake when !_isEncrypted:
                ReadMessages(piece, time);
                break;
            case ContentType.Alert when !_isEncrypted && piece.RecordLength == AlertLength:
                ReadAlert(piece);
                break;
            case ContentType.ChangeCipherSpec when piece.EndsRecord:
                OnChangeCipherSpec(time);
                break;
            case ContentType.ApplicationData when piece.BeginsRecord && HasHello && piece.RecordLength >= MinEncryptedFinished:
                FirstEncryptedTime = FirstEncryptedTime == 0 ? time : FirstEncryptedTime;
                LastEncryptedTime = time;
                _tracker.Judge();
                break;
        }
    }

    private void ReadMessages(RecordPiece piece, long time)
    {
        _isProven |= piece.BeginsRecord && !piece.Bytes.IsEmpty && HandshakeHeader.IsKnown(piece.Bytes[0]);
        _handshake.BeginRecord(piece);
        ReadOnlySpan<byte> fragment = piece.Bytes;
        while (!_isEncrypted && _handshake.Read(ref fragment, Buffers, _tracker.Options.MaxHandshakeMessage, out HandshakeMessage message))
        {
            _tracker.OnMessage(this, message, time);
        }
    }

    private void ReadAlert(RecordPiece piece)
    {
        _isProven = true;
        ReadOnlySpan<byte> bytes = piece.Bytes;
        if (piece.BeginsRecord)
        {
            _alertLevel = bytes[0];
        }

        if (piece.EndsRecord)
        {
            _tracker.OnAlert(this, _alertLevel, bytes[^1]);
        }
    }

    private void OnChangeCipherSpec(long time)
    {
        _isProven = true;
        if (AwaitsServerHello || ChangeCipherSpecTime != 0)
        {
            return;
        }

        ChangeCipherSpecTime = time;
        BeginEncryption();
        _tracker.Judge();
    }

    /// <summary>The bytes kept so far and the new ones in one piece.</summary>
    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> bytes)
    {
        if (_pending is null)
        {
            return bytes;
        }

        int length = _pendingLength + bytes.Length;
        if (_pending.Length < length)
        {
            byte[] larger = Buffers.Rent(length);
            _pending.AsSpan(0, _pendingLength).CopyTo(larger);
            Buffers.Return(_pending);
            _pending = larger;
        }

        bytes.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength = length;
        return _pending.AsSpan(0, length);
    }

    /// <summary>Keeps bytes that may lie in <see cref="_pending"/> already.</summary>
    private void Hold(ReadOnlySpan<byte> bytes)
    {
        _pending ??= Buffers.Rent(bytes.Length);
        bytes.CopyTo(_pending);
        _pendingLength = bytes.Length;
    }

    private void DropPending()
    {
        if (_pending is not null)
        {
            Buffers.Return(_pending);
            _pending = null;
            _pendingLength = 0;
        }
    }
}
