using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Sessions;

/// <summary>
/// The facts of one TLS session, as far as they were seen. Filled by <see cref="TlsSessionTracker"/>, read by whoever renders it, reused for the
/// next session afterwards. Times are nanoseconds since 1970-01-01T00:00:00Z; 0 means that it did not happen.
/// </summary>
public sealed partial class TlsSession
{
    /// <summary>A session that waits for its answer has none of them.</summary>
    private BorrowedList<CertificateFacts> _clientCertificates, _serverCertificates;
    private BorrowedList<Alert> _alerts;

    /// <summary>True when the endpoint that opened the connection turned out to be the TLS server (told from the handshake messages).</summary>
    public bool ClientIsResponder { get; internal set; }

    /// <summary>True when a message told the roles; false: an alert or a certificate was all there was.</summary>
    public bool RolesAreKnown { get; internal set; }

    public bool HasClientHello { get; internal set; }

    /// <summary>The first ClientHello, also when a HelloRetryRequest followed. Only valid with <see cref="HasClientHello"/>.</summary>
    public HeldHello ClientHello
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ClientHelloBytes);
    }

    public bool HasServerHello { get; internal set; }

    /// <summary>The ServerHello; of a session that ended after a HelloRetryRequest there is none.</summary>
    public HeldHello ServerHello
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ServerHelloBytes);
    }

    /// <summary>A HelloRetryRequest was seen (RFC 8446 §4.1.4).</summary>
    public bool HelloRetry { get; internal set; }

    /// <summary>Sessions opened by an SSLv2-framed hello (RFC 5246 Appendix E.2).</summary>
    public bool Ssl2Hello { get; internal set; }

    /// <summary>
    /// Negotiated version: the server's supported_versions, else its legacy version, else the client's legacy version, else <see cref="ProtocolVersion.None"/>.
    /// </summary>
    public ProtocolVersion Version { get; internal set; }

    /// <summary>Group of the key exchange: key_share of the ServerHello, or the named curve of ServerKeyExchange; <see cref="NamedGroup.None"/> when not seen.</summary>
    public NamedGroup KeyExchangeGroup { get; internal set; }

    public bool Established { get; internal set; }

    public Resumption Resumption { get; internal set; }

    /// <summary>A CertificateRequest was seen in the clear.</summary>
    public bool ClientCertificateRequested { get; internal set; }

    /// <summary>early_data was offered (RFC 8446 §4.2.10).</summary>
    public bool EarlyDataOffered { get; internal set; }

    /// <summary>OCSPResponseStatus of a stapled response (RFC 6960 §4.2.1), or -1.</summary>
    public int OcspResponseStatus { get; internal set; } = -1;

    /// <summary>Certificates in the order sent, the end entity's first; unreadable ones are among them.</summary>
    public IReadOnlyList<CertificateFacts> ClientCertificates => _clientCertificates.Items;

    /// <inheritdoc cref="ClientCertificates"/>
    public IReadOnlyList<CertificateFacts> ServerCertificates => _serverCertificates.Items;

    /// <summary>Plaintext alerts: all of the client's, then all of the server's, each in the order sent.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts.Items;

    /// <summary>A hole was given up inside the handshake of this side: messages may be missing.</summary>
    public bool ClientGap { get; internal set; }

    /// <inheritdoc cref="ClientGap"/>
    public bool ServerGap { get; internal set; }

    /// <summary>Handshake messages that were longer than the bound (or damaged) and were skipped.</summary>
    public int SkippedMessages { get; internal set; }

    public TlsAnomalies Anomalies { get; internal set; }

    /// <summary>First payload of the session.</summary>
    public long StartTime { get; internal set; }

    public long ClientHelloTime { get; internal set; }

    public long ServerHelloTime { get; internal set; }

    /// <summary>The handshake completed.</summary>
    public long EndTime { get; internal set; }

    internal ReadOnlySpan<byte> ClientHelloBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ClientHelloBuffer.AsSpan(0, ClientHelloLength);
    }

    internal ReadOnlySpan<byte> ServerHelloBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ServerHelloBuffer.AsSpan(0, ServerHelloLength);
    }

    internal byte[]? ClientHelloBuffer { get; set; }

    internal int ClientHelloLength { get; set; }

    internal byte[]? ServerHelloBuffer { get; set; }

    internal int ServerHelloLength { get; set; }

    internal bool HasAlerts => !_alerts.IsEmpty;

    /// <summary>The certificates of one side, to add to. Until the roles are settled "client" stands for the originator.</summary>
    internal List<CertificateFacts> CertificatesOf(bool client, SessionLists lists) =>
        client ? _clientCertificates.Use(lists.Certificates) : _serverCertificates.Use(lists.Certificates);

    /// <summary>The alerts, to add to.</summary>
    internal List<Alert> AlertsOf(SessionLists lists) => _alerts.Use(lists.Alerts);

    /// <summary>Until the roles are settled the lists stand for the originator and the responder.</summary>
    internal void SwapCertificates() =>
        (_clientCertificates, _serverCertificates) = (_serverCertificates, _clientCertificates);

    internal void HoldClientHello(in ClientHello hello, HandshakeBufferPool buffers)
    {
        Span<byte> room = buffers.Scratch(HeldHelloWriter.MaxLength(hello));
        HoldClientHello(room[..HeldHelloWriter.Write(hello, room)], buffers);
    }

    internal void HoldClientHello(in Ssl2ClientHello hello, HandshakeBufferPool buffers)
    {
        Span<byte> room = buffers.Scratch(HeldHelloWriter.MaxLength(hello));
        HoldClientHello(room[..HeldHelloWriter.Write(hello, room)], buffers);
    }

    internal void HoldServerHello(in ServerHello hello, HandshakeBufferPool buffers)
    {
        Span<byte> room = buffers.Scratch(HeldHelloWriter.MaxLength(hello));
        ReadOnlySpan<byte> held = room[..HeldHelloWriter.Write(hello, room)];
        (ServerHelloBuffer, ServerHelloLength) = (Exchange(ServerHelloBuffer, held, buffers), held.Length);
    }

    /// <summary>Gives back the held hellos and the lists, and forgets everything.</summary>
    internal void Reset(HandshakeBufferPool buffers, SessionLists lists)
    {
        GiveBack(ClientHelloBuffer, buffers);
        GiveBack(ServerHelloBuffer, buffers);
        ClientHelloBuffer = null;
        ServerHelloBuffer = null;
        ClientHelloLength = 0;
        ServerHelloLength = 0;
        _clientCertificates.Clear(lists.Certificates);
        _serverCertificates.Clear(lists.Certificates);
        _alerts.Clear(lists.Alerts);
        ClientIsResponder = RolesAreKnown = HasClientHello = HasServerHello = HelloRetry = Ssl2Hello = false;
        Established = ClientCertificateRequested = EarlyDataOffered = ClientGap = ServerGap = false;
        Version = ProtocolVersion.None;
        KeyExchangeGroup = NamedGroup.None;
        Resumption = Resumption.None;
        OcspResponseStatus = -1;
        SkippedMessages = 0;
        Anomalies = TlsAnomalies.None;
        StartTime = ClientHelloTime = ServerHelloTime = EndTime = 0;
    }

    private void HoldClientHello(ReadOnlySpan<byte> held, HandshakeBufferPool buffers) =>
        (ClientHelloBuffer, ClientHelloLength) = (Exchange(ClientHelloBuffer, held, buffers), held.Length);

    private static byte[] Exchange(byte[]? old, ReadOnlySpan<byte> held, HandshakeBufferPool buffers)
    {
        GiveBack(old, buffers);
        byte[] buffer = buffers.Rent(held.Length);
        held.CopyTo(buffer);
        return buffer;
    }

    private static void GiveBack(byte[]? buffer, HandshakeBufferPool buffers)
    {
        if (buffer is not null)
        {
            buffers.Return(buffer);
        }
    }
}
