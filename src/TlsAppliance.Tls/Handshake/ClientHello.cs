using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// View over a ClientHello (RFC 8446 §4.1.2, in this form since SSL 3.0): <c>legacy_version</c> 2, <c>random</c> 32, <c>legacy_session_id</c> 1+n,
/// <c>cipher_suites</c> 2+n, <c>legacy_compression_methods</c> 1+n, <c>extensions</c> 2+n.
/// </summary>
internal readonly ref struct ClientHello
{
    public const int RandomLength = 32;

    /// <summary>Longest session id in bytes (RFC 5246 §7.4.1.2).</summary>
    public const int MaxSessionId = 32;

    private const int MajorVersion = 3;

    private ClientHello(
        ushort version, ReadOnlySpan<byte> random, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> suites, ReadOnlySpan<byte> compression,
        ExtensionBlock extensions)
    {
        LegacyVersion = (ProtocolVersion)version;
        Random = random;
        LegacySessionId = sessionId;
        CipherSuites = suites;
        LegacyCompressionMethods = compression;
        Extensions = extensions;
    }

    public ProtocolVersion LegacyVersion { get; }

    public ReadOnlySpan<byte> Random { get; }

    public ReadOnlySpan<byte> LegacySessionId { get; }

    /// <summary>Two bytes per suite.</summary>
    public ReadOnlySpan<byte> CipherSuites { get; }

    public ReadOnlySpan<byte> LegacyCompressionMethods { get; }

    public ExtensionBlock Extensions { get; }

    /// <summary>True when every length fits to the byte and every list is as the RFC wants it: no other protocol looks like that by chance.</summary>
    public bool IsStrict =>
        !CipherSuites.IsEmpty && CipherSuites.Length % 2 == 0 && LegacyCompressionMethods.Contains((byte)0)
        && Extensions.State != ExtensionBlockState.Malformed && !Extensions.HasTrailingData;

    /// <summary>Reads the body of the message. Malformed when a field up to the compression methods breaks the structure; extensions never do.</summary>
    public static ParseStatus Read(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        hello = default;
        WireReader reader = new(body);
        if (!reader.TryReadUInt16(out ushort version)
            || !reader.TryReadBytes(RandomLength, out ReadOnlySpan<byte> random)
            || !reader.TryReadVector8(out ReadOnlySpan<byte> sessionId)
            || !reader.TryReadVector16(out ReadOnlySpan<byte> suites)
            || !reader.TryReadVector8(out ReadOnlySpan<byte> compression)
            || version >> 8 != MajorVersion
            || sessionId.Length > MaxSessionId)
        {
            return ParseStatus.Malformed;
        }

        hello = new ClientHello(version, random, sessionId, suites, compression, ExtensionBlock.Read(reader));
        return ParseStatus.Complete;
    }
}
