using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// View over a ClientHello in SSLv2 framing (RFC 5246 Appendix E.2): header of 2 bytes (or 3 with padding), <c>msg_type</c> 1, <c>version</c> 2,
/// <c>cipher_spec_length</c> 2, <c>session_id_length</c> 2, <c>challenge_length</c> 2, then the three fields.
/// </summary>
internal readonly ref struct Ssl2ClientHello
{
    /// <summary>Bytes of a cipher kind; those that start with 0 are suites of SSL 3.0 and TLS.</summary>
    public const int CipherSpecLength = 3;

    private const byte ClientHelloType = 1;
    private const int FixedLength = 9;
    private const int MinChallenge = 16;
    private const int MaxChallenge = 32;
    private const int LongHeader = 3;
    private const int ShortHeader = 2;
    private const int ShortHeaderFlag = 0x80;

    /// <summary>The second-highest bit of a 3-byte header marks a security escape; it is not part of the length.</summary>
    private const int LongHeaderLengthMask = 0x3F;

    private Ssl2ClientHello(ushort version, ReadOnlySpan<byte> cipherSpecs, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> challenge)
    {
        Version = (ProtocolVersion)version;
        CipherSpecs = cipherSpecs;
        SessionId = sessionId;
        Challenge = challenge;
    }

    public ProtocolVersion Version { get; }

    /// <summary>Three bytes per kind.</summary>
    public ReadOnlySpan<byte> CipherSpecs { get; }

    public ReadOnlySpan<byte> SessionId { get; }

    /// <summary>16 to 32 bytes.</summary>
    public ReadOnlySpan<byte> Challenge { get; }

    /// <summary>Reads the first record of a client. <paramref name="length"/>: bytes of the whole record when it is complete.</summary>
    public static ParseStatus Read(ReadOnlySpan<byte> bytes, out Ssl2ClientHello hello, out int length)
    {
        hello = default;
        length = 0;
        if (bytes.IsEmpty)
        {
            return ParseStatus.Incomplete;
        }

        bool isShort = (bytes[0] & ShortHeaderFlag) != 0;
        WireReader reader = new(bytes);
        if (!reader.TryReadUInt16(out ushort head) || (!isShort && !reader.TryReadByte(out _)) || !reader.TryReadByte(out byte type))
        {
            return ParseStatus.Incomplete;
        }

        if (type != ClientHelloType)
        {
            return ParseStatus.Malformed;
        }

        if (!reader.TryReadUInt16(out ushort version) || !reader.TryReadUInt16(out ushort specs)
            || !reader.TryReadUInt16(out ushort sessionId) || !reader.TryReadUInt16(out ushort challenge))
        {
            return ParseStatus.Incomplete;
        }

        int padding = isShort ? 0 : bytes[2];
        int declared = isShort ? head & 0x7FFF : (bytes[0] & LongHeaderLengthMask) << 8 | bytes[1];
        if (declared != FixedLength + specs + sessionId + challenge + padding || !IsPossible(version, specs, sessionId, challenge))
        {
            return ParseStatus.Malformed;
        }

        if (!reader.TryReadBytes(specs, out ReadOnlySpan<byte> cipherSpecs) || !reader.TryReadBytes(sessionId, out ReadOnlySpan<byte> id)
            || !reader.TryReadBytes(challenge, out ReadOnlySpan<byte> random) || !reader.TryReadBytes(padding, out _))
        {
            return ParseStatus.Incomplete;
        }

        length = (isShort ? ShortHeader : LongHeader) + declared;
        hello = new Ssl2ClientHello(version, cipherSpecs, id, random);
        return ParseStatus.Complete;
    }

    private static bool IsPossible(ushort version, int specs, int sessionId, int challenge) =>
        (version == (ushort)ProtocolVersion.Ssl20 || (version >> 8 == 3 && (version & 0xFF) <= 4))
        && specs > 0 && specs % CipherSpecLength == 0
        && sessionId <= ClientHello.MaxSessionId
        && challenge is >= MinChallenge and <= MaxChallenge;
}
