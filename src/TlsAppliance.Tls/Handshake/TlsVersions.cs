using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Handshake;

/// <summary>What follows from a negotiated version for the shape of the handshake.</summary>
internal static class TlsVersions
{
    /// <summary>Major version of the drafts of TLS 1.3; the minor one is the number of the draft.</summary>
    private const int DraftMajor = 0x7F;

    /// <summary>Major version of Facebook's drafts of TLS 1.3.</summary>
    private const int FacebookDraftMajor = 0xFB;

    /// <summary>From this draft on, the ServerHello has the form of TLS 1.2 again.</summary>
    private const int FirstDraftWithLongServerHello = 22;

    /// <summary>TLS 1.3 or one of its drafts: everything after the ServerHello is encrypted.</summary>
    public static bool IsTls13(ProtocolVersion version) =>
        version == ProtocolVersion.Tls13 || (int)version >> 8 is DraftMajor or FacebookDraftMajor;

    /// <summary>The legacy version of a ServerHello says that it has neither session id nor compression method.</summary>
    public static bool HasShortServerHello(ProtocolVersion version) =>
        (int)version >> 8 == DraftMajor && ((int)version & 0xFF) < FirstDraftWithLongServerHello;
}
