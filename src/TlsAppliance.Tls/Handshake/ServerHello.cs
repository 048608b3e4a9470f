using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// View over a ServerHello (RFC 8446 §4.1.3): <c>legacy_version</c> 2, <c>random</c> 32, <c>legacy_session_id_echo</c> 1+n, <c>cipher_suite</c> 2,
/// <c>legacy_compression_method</c> 1, <c>extensions</c> 2+n. Drafts of TLS 1.3 before 22 have neither session id nor compression method.
/// </summary>
internal readonly ref struct ServerHello
{
    private const int MajorVersion = 3;

    private ServerHello(
        ushort version, ReadOnlySpan<byte> random, ReadOnlySpan<byte> sessionId, ushort suite, ReadOnlySpan<byte> compression,
        ExtensionBlock extensions)
    {
        LegacyVersion = (ProtocolVersion)version;
        Random = random;
        LegacySessionIdEcho = sessionId;
        CipherSuite = (CipherSuite)suite;
        LegacyCompressionMethod = compression;
        Extensions = extensions;
    }

    public ProtocolVersion LegacyVersion { get; }

    public ReadOnlySpan<byte> Random { get; }

    public ReadOnlySpan<byte> LegacySessionIdEcho { get; }

    public CipherSuite CipherSuite { get; }

    /// <summary>One byte; none in the short form of early drafts.</summary>
    public ReadOnlySpan<byte> LegacyCompressionMethod { get; }

    public ExtensionBlock Extensions { get; }

    /// <summary>The message is a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    public bool IsHelloRetryRequest => HelloRetryRequest.HasItsRandom(Random);

    /// <summary>True when every length fits to the byte: no other protocol looks like that by chance.</summary>
    public bool IsStrict => Extensions.State != ExtensionBlockState.Malformed && !Extensions.HasTrailingData;

    /// <summary>Reads the body of the message. Malformed when a field up to the compression method breaks the structure; extensions never do.</summary>
    public static ParseStatus Read(ReadOnlySpan<byte> body, out ServerHello hello)
    {
        hello = default;
        WireReader reader = new(body);
        ReadOnlySpan<byte> sessionId = default;
        ReadOnlySpan<byte> compression = default;
        if (!reader.TryReadUInt16(out ushort version) || !reader.TryReadBytes(ClientHello.RandomLength, out ReadOnlySpan<byte> random))
        {
            return ParseStatus.Malformed;
        }

        bool isShort = TlsVersions.HasShortServerHello((ProtocolVersion)version);
        if ((!isShort && (!reader.TryReadVector8(out sessionId) || sessionId.Length > ClientHello.MaxSessionId || version >> 8 != MajorVersion))
            || !reader.TryReadUInt16(out ushort suite)
            || (!isShort && !reader.TryReadBytes(1, out compression)))
        {
            return ParseStatus.Malformed;
        }

        hello = new ServerHello(version, random, sessionId, suite, compression, ExtensionBlock.Read(reader));
        return ParseStatus.Complete;
    }
}
