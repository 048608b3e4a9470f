using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Records;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Sessions;

/// <summary>
/// Tells TLS from other protocols by bytes alone. At the very start of a direction a header is enough, because nothing is concluded from it but how to
/// read on. Inside of another protocol's bytes a hello must be well-formed to its last byte.
/// </summary>
internal static class HelloRecognition
{
    /// <summary>First bytes of what <see cref="Inside"/> may find.</summary>
    public const byte HandshakeRecord = (byte)ContentType.Handshake;

    /// <inheritdoc cref="HandshakeRecord"/>
    public const byte AlertRecord = (byte)ContentType.Alert;

    private const int MajorVersion = 3;
    private const int MaxMinorVersion = 4;

    // Offsets in a record that begins with a hello.
    private const int HandshakeTypeOffset = RecordHeader.Size;
    private const int HelloVersionOffset = HandshakeTypeOffset + HandshakeHeader.Size;
    private const int SessionIdOffset = HelloVersionOffset + 2 + ClientHello.RandomLength;

    /// <summary>Shortest hello: version, random, empty session id, one suite, one compression method.</summary>
    private const int MinHello = 2 + ClientHello.RandomLength + 1 + 2 + 1;

    private const int AlertLength = 2;

    /// <summary>Judges the first bytes of a direction.</summary>
    public static StreamStart AtStart(ReadOnlySpan<byte> bytes) => Records(bytes) switch
    {
        ParseStatus.Complete => StreamStart.Records,
        ParseStatus.Incomplete => StreamStart.Incomplete,
        _ => Ssl2ClientHello.Read(bytes, out _, out _) switch
        {
            ParseStatus.Complete => StreamStart.Ssl2Hello,
            ParseStatus.Incomplete => StreamStart.Incomplete,
            _ => StreamStart.Other,
        },
    };

    /// <summary>Judges bytes inside of another protocol: Complete when a hello (or an alert in answer to one) begins here.</summary>
    public static ParseStatus Inside(ReadOnlySpan<byte> bytes)
    {
        if (!HasVersion(bytes, 1))
        {
            return ParseStatus.Malformed;
        }

        if (!RecordHeader.TryRead(bytes, out RecordHeader header))
        {
            return ParseStatus.Incomplete;
        }

        return header.Type switch
        {
            ContentType.Handshake => Hello(bytes, header.Length),
            ContentType.Alert when header.Length == AlertLength => Alert(bytes),
            _ => ParseStatus.Malformed,
        };
    }

    /// <summary>True when the head of a hello is there, so that judging it takes more than a glance.</summary>
    public static bool LooksLikeHello(ReadOnlySpan<byte> bytes) => bytes.Length > SessionIdOffset && HasVersion(bytes, HelloVersionOffset);

    private static ParseStatus Records(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return ParseStatus.Incomplete;
        }

        if (bytes[0] is < (byte)ContentType.ChangeCipherSpec or > (byte)ContentType.Heartbeat || (bytes.Length > 1 && bytes[1] != MajorVersion))
        {
            return ParseStatus.Malformed;
        }

        if (!RecordHeader.TryRead(bytes, out RecordHeader header))
        {
            return ParseStatus.Incomplete;
        }

        if (header.Length == 0)
        {
            return ParseStatus.Complete;
        }

        if (!header.IsPlausible && header.Type != ContentType.Handshake)
        {
            return ParseStatus.Malformed;
        }

        return header.Type switch
        {
            _ when !header.IsValid => ParseStatus.Malformed,
            ContentType.Handshake when bytes.Length == RecordHeader.Size => ParseStatus.Incomplete,
            ContentType.Handshake => Judge(HandshakeHeader.IsKnown(bytes[HandshakeTypeOffset])),
            ContentType.Alert when header.Length == AlertLength => Alert(bytes),
            _ => ParseStatus.Complete,
        };
    }

    private static ParseStatus Alert(ReadOnlySpan<byte> bytes) =>
        bytes.Length < RecordHeader.Size + AlertLength
            ? ParseStatus.Incomplete
            : Judge(bytes[RecordHeader.Size] is 1 or 2 && !AlertDescriptions.Utf8Name(bytes[RecordHeader.Size + 1]).IsEmpty);

    private static ParseStatus Hello(ReadOnlySpan<byte> bytes, int recordLength)
    {
        if (recordLength is < HandshakeHeader.Size + MinHello or > RecordHeader.MaxFragment)
        {
            return ParseStatus.Malformed;
        }

        if (!HandshakeHeader.TryRead(bytes[HandshakeTypeOffset..], out HandshakeHeader header))
        {
            return ParseStatus.Incomplete;
        }

        bool isClient = header.Type == HandshakeType.ClientHello;
        if ((!isClient && header.Type != HandshakeType.ServerHello) || header.Length < MinHello || !HasVersion(bytes, HelloVersionOffset)
            || (bytes.Length > SessionIdOffset && bytes[SessionIdOffset] > ClientHello.MaxSessionId))
        {
            return ParseStatus.Malformed;
        }

        int inRecord = recordLength - HandshakeHeader.Size;
        if (bytes.Length < HelloVersionOffset + Math.Min(inRecord, header.Length))
        {
            return ParseStatus.Incomplete;
        }

        if (inRecord < header.Length)
        {
            // A hello over several records: the first part decides.
            return Judge(bytes.Length > SessionIdOffset && header.Length >> 16 == 0);
        }

        ReadOnlySpan<byte> body = bytes.Slice(HelloVersionOffset, header.Length);
        return isClient ? ClientHelloIsStrict(body, inRecord) : ServerHelloIsStrict(body);
    }

    /// <summary>A client's first record holds its hello and nothing else, as the answer must come before anything that could follow.</summary>
    private static ParseStatus ClientHelloIsStrict(ReadOnlySpan<byte> body, int inRecord) =>
        Judge(body.Length == inRecord && ClientHello.Read(body, out ClientHello hello) == ParseStatus.Complete && hello.IsStrict);

    private static ParseStatus ServerHelloIsStrict(ReadOnlySpan<byte> body) =>
        Judge(ServerHello.Read(body, out ServerHello hello) == ParseStatus.Complete && hello.IsStrict);

    /// <summary>False when what is there of the version at this place cannot be one.</summary>
    private static bool HasVersion(ReadOnlySpan<byte> bytes, int offset) =>
        (bytes.Length <= offset || bytes[offset] == MajorVersion)
        && (bytes.Length <= offset + 1 || bytes[offset + 1] <= MaxMinorVersion);

    private static ParseStatus Judge(bool isTls) => isTls ? ParseStatus.Complete : ParseStatus.Malformed;
}
