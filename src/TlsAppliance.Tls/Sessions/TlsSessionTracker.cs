using System.Buffers;
using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Sessions;

/// <summary>Turns the ordered bytes of both directions of one connection into a <see cref="TlsSession"/>. Not thread-safe; owned by one shard.</summary>
/// <remarks>
/// The directions are read independently of each other and every rule that joins them is symmetric in time: the session does not depend on how the
/// bytes were cut or how the directions were interleaved, as long as an answer comes after what it answers.
/// </remarks>
public sealed class TlsSessionTracker
{
    /// <summary>Stands for a direction of which nothing was seen.</summary>
    private static readonly SessionDirection s_silent = new(null!, fromOriginator: false);

    private readonly CertificateCache _certificates;
    private readonly SessionLists _lists;

    /// <summary>Made with the tracker, so that it lies beside it and the session.</summary>
    private readonly SessionDirection _originator;

    /// <summary>Made with its first bytes: of a million half-open handshakes this side is silent.</summary>
    private SessionDirection? _seenResponder;

    private bool _clientHelloFromOriginator;
    private bool _hasCertificate;
    private bool _hasAlertAtStart;

    /// <summary>A message that an abbreviated handshake of TLS 1.2 does not have (RFC 5246 §7.3).</summary>
    private bool _isFullHandshake;
    private bool _isSettled;
    private int _clientHellos;

    /// <summary>Version that the HelloRetryRequest selected.</summary>
    private ProtocolVersion _retryVersion;
    private ProtocolVersion _serverVersion;

    /// <summary>Options, buffers, certificates and lists are those of the shard and shared by its trackers.</summary>
    public TlsSessionTracker(TlsOptions options, HandshakeBufferPool buffers, CertificateCache certificates, SessionLists lists)
    {
        Options = options;
        Buffers = buffers;
        _certificates = certificates;
        _lists = lists;
        _originator = new SessionDirection(this, fromOriginator: true);
    }

    /// <summary>A tracker on its own, with default bounds.</summary>
    public TlsSessionTracker()
        : this(new TlsOptions(), new HandshakeBufferPool(), new CertificateCache(), new SessionLists())
    {
    }

    /// <summary>The session as known so far; who is the client and what follows from it only after <see cref="Finish"/>.</summary>
    public TlsSession Session { get; } = new();

    public TrackerStatus Status { get; private set; }

    internal TlsOptions Options { get; }

    internal HandshakeBufferPool Buffers { get; }

    private SessionDirection Responder => _seenResponder ?? s_silent;

    /// <summary>True when enough was seen for an event: a hello, a certificate or an alert.</summary>
    public bool HasEvent => Session.HasClientHello || Session.HasServerHello || Session.HelloRetry || _hasCertificate || _hasAlertAtStart;

    /// <summary>Gives back all buffers and begins a new connection.</summary>
    public void Reset()
    {
        _originator.Reset();
        _seenResponder?.Reset();
        Session.Reset(Buffers, _lists);
        Status = TrackerStatus.Undecided;
        _clientHelloFromOriginator = _hasCertificate = _hasAlertAtStart = _isFullHandshake = _isSettled = false;
        _clientHellos = 0;
        _retryVersion = _serverVersion = ProtocolVersion.None;
    }

    /// <summary>True while the bytes of that direction can still change the session.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Wants(bool fromOriginator)
    {
        SessionDirection direction = Direction(fromOriginator);
        return Status < TrackerStatus.Completed && !direction.IsClosed && !IsFinished(direction);
    }

    /// <summary>The next bytes of one direction, in order. <paramref name="time"/>: ns since 1970-01-01T00:00:00Z of the frame that completed them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TrackerStatus OnBytes(bool fromOriginator, ReadOnlySpan<byte> bytes, long time)
    {
        if (bytes.IsEmpty || !Wants(fromOriginator))
        {
            return Status;
        }

        Session.StartTime = Session.StartTime == 0 ? time : Math.Min(Session.StartTime, time);
        Seen(fromOriginator).OnBytes(bytes, time);
        return Decide();
    }

    /// <summary>A hole of <paramref name="missing"/> bytes in one direction.</summary>
    public TrackerStatus OnGap(bool fromOriginator, long missing, long time)
    {
        if (Wants(fromOriginator))
        {
            Seen(fromOriginator).OnGap(missing);
        }

        return Decide();
    }

    /// <summary>
    /// Writes what is still held of one direction as the records that it would have come in: its hello (what is not held of it is zero), then the message or the bytes that wait for
    /// their rest. To look into a fault, not for events.
    /// </summary>
    public void WriteHeld(bool fromOriginator, IBufferWriter<byte> output)
    {
        bool isClient = Session.HasClientHello && fromOriginator == _clientHelloFromOriginator;
        if (isClient && Session.ClientHelloBuffer is not null)
        {
            HeldRecords.WriteHello(output, Session.ClientHello, isServer: false);
        }
        else if (!isClient && Session.ServerHelloBuffer is not null)
        {
            HeldRecords.WriteHello(output, Session.ServerHello, isServer: true);
        }

        Direction(fromOriginator).WriteHeld(output);
    }

    /// <summary>The connection is over or given up: settles roles, version and resumption, so that <see cref="Session"/> can be rendered.</summary>
    public void Finish()
    {
        if (_isSettled)
        {
            return;
        }

        _isSettled = true;
        SettleRoles();
        SettleVersion();
        if (_clientHellos > (Session.HelloRetry ? 2 : 1))
        {
            Note(TlsAnomalies.RepeatedClientHello);
        }

        Session.Resumption = ToldResumption();
        Session.Established = Status == TrackerStatus.Completed || IsEstablishedAsFarAsSeen();
    }

    internal void Note(TlsAnomalies anomaly) => Session.Anomalies |= anomaly;

    /// <summary>A message was damaged by a hole.</summary>
    internal void OnSkipped() => Session.SkippedMessages++;

    internal void OnSsl2Hello(SessionDirection direction, in Ssl2ClientHello hello, long time)
    {
        Session.Ssl2Hello = true;
        if (AcceptsClientHello(direction, time))
        {
            Session.HoldClientHello(hello, Buffers);
        }
    }

    internal void OnAlert(SessionDirection direction, byte level, byte description)
    {
        if (direction.AlertCount == Options.MaxAlerts)
        {
            Note(TlsAnomalies.TooMany);
            return;
        }

        direction.AlertCount++;
        _hasAlertAtStart |= direction.BeganWithRecords;
        Session.AlertsOf(_lists).Add(new Alert(direction.FromOriginator, level, description));
    }

    internal void OnMessage(SessionDirection direction, HandshakeMessage message, long time)
    {
        if (message.IsSkipped)
        {
            OnSkipped();
            Note(TlsAnomalies.OversizedMessage);
            return;
        }

        switch (message.Type)
        {
            case HandshakeType.ClientHello:
                OnClientHello(direction, message.Body, time);
                break;
            case HandshakeType.ServerHello:
                OnServerHello(direction, message.Body, time);
                break;
            case HandshakeType.HelloRetryRequest:
                OnRetry(direction, ProtocolVersion.None);
                break;
            case HandshakeType.Certificate:
                OnCertificates(direction, message.Body);
                break;
            case HandshakeType.ServerKeyExchange:
                _isFullHandshake = true;
                Assign(direction, SessionRole.Server);
                OnServerKeyExchange(message.Body);
                break;
            case HandshakeType.CertificateStatus:
                Assign(direction, SessionRole.Server);
                OnCertificateStatus(message.Body);
                break;
            case HandshakeType.CertificateRequest:
                Assign(direction, SessionRole.Server);
                Session.ClientCertificateRequested = true;
                break;
            case HandshakeType.ServerHelloDone:
                _isFullHandshake = true;
                Assign(direction, SessionRole.Server);
                break;
            case HandshakeType.HelloRequest:
            case HandshakeType.NewSessionTicket:
                Assign(direction, SessionRole.Server);
                break;
            case HandshakeType.ClientKeyExchange:
                _isFullHandshake = true;
                Assign(direction, SessionRole.Client);
                break;
            case HandshakeType.CertificateVerify:
                Assign(direction, SessionRole.Client);
                break;
        }
    }

    /// <summary>Asks whether the handshake is complete now.</summary>
    internal void Judge()
    {
        if (Status == TrackerStatus.Completed || !HasEvent)
        {
            return;
        }

        long client = Proof(_originator), server = Proof(Responder);
        if (client != 0 && server != 0)
        {
            Session.EndTime = Math.Max(client, server);
            Status = TrackerStatus.Completed;
        }
    }

    private SessionDirection Direction(bool fromOriginator) => fromOriginator ? _originator : Responder;

    private SessionDirection Seen(bool fromOriginator) => fromOriginator
        ? _originator
        : _seenResponder ??= new SessionDirection(this, fromOriginator: false);

    private TrackerStatus Decide()
    {
        if (Status == TrackerStatus.Completed)
        {
            _originator.Close();
            _seenResponder?.Close();
            return Status;
        }

        if (HasEvent)
        {
            Status = TrackerStatus.Handshake;
        }
        else if ((_originator.CannotBegin && Responder.CannotBegin) || _originator.IsPastPreamble || Responder.IsPastPreamble)
        {
            // One side past the preamble is enough: a download answers a request of a few bytes.
            Status = TrackerStatus.NotTls;
        }

        return Status;
    }

    /// <summary>After its ChangeCipherSpec a direction of TLS 1.2 has nothing more to say.</summary>
    private bool IsFinished(SessionDirection direction) =>
        direction.ChangeCipherSpecTime != 0 && Session.HasServerHello && !TlsVersions.IsTls13(_serverVersion);

    /// <summary>
    /// When this direction had shown that it finished the handshake, or 0. Up to TLS 1.2 by its ChangeCipherSpec (RFC 5246 §7.1). In TLS 1.3 that one
    /// is decoration (RFC 8446 §D.4): an encrypted record tells, of a client with early data only one that came after the ServerHello.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Proof(SessionDirection direction)
    {
        if (!Session.HasServerHello || !TlsVersions.IsTls13(_serverVersion))
        {
            return direction.ChangeCipherSpecTime;
        }

        bool mayBeEarlyData = Session.EarlyDataOffered && direction.Role == SessionRole.Client;
        return !mayBeEarlyData || direction.FirstEncryptedTime >= Session.ServerHelloTime ? direction.FirstEncryptedTime
            : direction.LastEncryptedTime >= Session.ServerHelloTime ? direction.LastEncryptedTime
            : 0;
    }

    /// <summary>
    /// The end of a TLS 1.3 handshake that was cut short in the capture: both sides had gone over to encryption, though of the client only early
    /// data or the ChangeCipherSpec in front of its Finished was seen.
    /// </summary>
    private bool IsEstablishedAsFarAsSeen() =>
        Session.HasClientHello && Session.HasServerHello && TlsVersions.IsTls13(_serverVersion)
        && ((_originator.FirstEncryptedTime != 0 && Responder.FirstEncryptedTime != 0)
            || (_originator.ChangeCipherSpecTime != 0 && Responder.ChangeCipherSpecTime != 0));

    private static void Assign(SessionDirection direction, SessionRole role)
    {
        if (direction.Role == SessionRole.Unknown)
        {
            direction.Role = role;
        }
    }

    private void OnClientHello(SessionDirection direction, ReadOnlySpan<byte> body, long time)
    {
        if (ClientHello.Read(body, out ClientHello hello) != ParseStatus.Complete)
        {
            OnMalformed(direction, SessionRole.Client);
            return;
        }

        if (!AcceptsClientHello(direction, time))
        {
            return;
        }

        NoteExtensions(hello.Extensions);
        Session.EarlyDataOffered = hello.Extensions.Has(ExtensionType.EarlyData);
        Session.HoldClientHello(hello, Buffers);
    }

    /// <summary>The first hello holds; should both sides send one, the originator's.</summary>
    private bool AcceptsClientHello(SessionDirection direction, long time)
    {
        Assign(direction, SessionRole.Client);
        direction.HasHello = true;
        _clientHellos++;
        if (Session.HasClientHello && (_clientHelloFromOriginator || !direction.FromOriginator))
        {
            return false;
        }

        Session.HasClientHello = true;
        Session.ClientHelloTime = time;
        _clientHelloFromOriginator = direction.FromOriginator;
        return true;
    }

    private void OnServerHello(SessionDirection direction, ReadOnlySpan<byte> body, long time)
    {
        if (ServerHello.Read(body, out ServerHello hello) != ParseStatus.Complete)
        {
            OnMalformed(direction, SessionRole.Server);
            return;
        }

        if (hello.IsHelloRetryRequest)
        {
            OnRetry(direction, NegotiatedVersion(hello));
            return;
        }

        Assign(direction, SessionRole.Server);
        direction.HasHello = true;
        direction.AwaitsServerHello = false;
        if (Session.HasServerHello)
        {
            return;
        }

        NoteExtensions(hello.Extensions);
        Session.HasServerHello = true;
        Session.ServerHelloTime = time;
        Session.HoldServerHello(hello, Buffers);
        _serverVersion = NegotiatedVersion(hello);
        if (hello.Extensions.TryFind(ExtensionType.KeyShare, out ReadOnlySpan<byte> keyShare))
        {
            Session.KeyExchangeGroup = KeyShare.SelectedGroup(keyShare);
        }

        if (TlsVersions.IsTls13(_serverVersion))
        {
            direction.BeginEncryption();
        }

        Judge();
    }

    private void OnRetry(SessionDirection direction, ProtocolVersion version)
    {
        Assign(direction, SessionRole.Server);
        direction.AwaitsServerHello = !direction.HasHello;
        Session.HelloRetry = true;
        _retryVersion = version;
    }

    private void OnMalformed(SessionDirection direction, SessionRole role)
    {
        Assign(direction, role);
        Note(TlsAnomalies.MalformedMessage);
        OnSkipped();
    }

    private void NoteExtensions(in ExtensionBlock extensions)
    {
        if (extensions.State == ExtensionBlockState.Malformed || extensions.HasTrailingData)
        {
            Note(TlsAnomalies.MalformedExtensions);
        }
    }

    private static ProtocolVersion NegotiatedVersion(in ServerHello hello) =>
        hello.Extensions.TryFind(ExtensionType.SupportedVersions, out ReadOnlySpan<byte> body)
            && SupportedVersions.TryRead(body, out SupportedVersions versions) && versions.IsSelection
            ? versions.Selected
            : hello.LegacyVersion;

    private void OnCertificates(SessionDirection direction, ReadOnlySpan<byte> body)
    {
        List<CertificateFacts> kept = Session.CertificatesOf(direction.FromOriginator, _lists);
        CertificateList list = CertificateList.Read(body);
        if (!list.IsWellFormed)
        {
            Note(TlsAnomalies.MalformedMessage);
        }

        foreach (ReadOnlySpan<byte> der in list)
        {
            if (kept.Count == Options.MaxCertificates)
            {
                Note(TlsAnomalies.TooMany);
                return;
            }

            CertificateFacts facts = _certificates.GetOrAdd(der);
            _hasCertificate |= (facts.Anomalies & CertificateAnomalies.Unreadable) == 0;
            kept.Add(facts);
        }
    }

    private void OnServerKeyExchange(ReadOnlySpan<byte> body)
    {
        if (Session.HasServerHello && Session.KeyExchangeGroup == NamedGroup.None)
        {
            Session.KeyExchangeGroup = ServerKeyExchange.ReadGroup(body, (CipherSuite)Session.ServerHello.CipherSuites[0]);
        }
    }

    private void OnCertificateStatus(ReadOnlySpan<byte> body)
    {
        if (CertificateStatus.TryReadOcspStatus(body, out byte status))
        {
            Session.OcspResponseStatus = status;
        }
    }

    /// <summary>
    /// Who is the client. Messages tell; should they contradict each other, or tell nothing, the originator is. A lone certificate is a server's.
    /// </summary>
    private void SettleRoles()
    {
        int originatorIsClient = Vote(_originator.Role) - Vote(Responder.Role);
        Session.RolesAreKnown = _originator.Role != SessionRole.Unknown || Responder.Role != SessionRole.Unknown;
        if (!Session.RolesAreKnown && Session.ServerCertificates.Count == 0 && Session.ClientCertificates.Count > 0)
        {
            originatorIsClient = -1;
        }

        Session.ClientIsResponder = originatorIsClient < 0;
        Session.ClientGap = Direction(!Session.ClientIsResponder).HasGap;
        Session.ServerGap = Direction(Session.ClientIsResponder).HasGap;
        if (Session.ClientIsResponder)
        {
            Session.SwapCertificates();
        }

        SettleAlerts();
    }

    private static int Vote(SessionRole role) => role switch
    {
        SessionRole.Client => 1,
        SessionRole.Server => -1,
        _ => 0,
    };

    /// <summary>The alerts stand in the order of arrival and say "originator" where they have to say "client"; the client's come first.</summary>
    private void SettleAlerts()
    {
        if (!Session.HasAlerts)
        {
            return;
        }

        List<Alert> alerts = Session.AlertsOf(_lists);
        int clients = 0;
        for (int i = 0; i < alerts.Count; i++)
        {
            Alert alert = alerts[i] with { FromClient = alerts[i].FromClient != Session.ClientIsResponder };
            alerts[i] = alert;
            if (alert.FromClient)
            {
                alerts.RemoveAt(i);
                alerts.Insert(clients++, alert);
            }
        }
    }

    private void SettleVersion() => Session.Version =
        Session.HasServerHello ? _serverVersion
        : _retryVersion != ProtocolVersion.None ? _retryVersion
        : Session.HasClientHello ? Session.ClientHello.LegacyVersion
        : ProtocolVersion.None;

    /// <summary>
    /// In TLS 1.3 the server selects a pre-shared key (RFC 8446 §4.2.11). Before, the handshake is abbreviated and the server echoes the session id
    /// (RFC 5246 §7.3) or answers a ticket (RFC 5077 §3.4).
    /// </summary>
    private Resumption ToldResumption()
    {
        if (!Session.HasServerHello)
        {
            return Resumption.None;
        }

        if (TlsVersions.IsTls13(_serverVersion))
        {
            return Length(Session.ServerHello, ExtensionType.PreSharedKey) >= 0 ? Resumption.Psk : Resumption.None;
        }

        if (!Session.HasClientHello || _isFullHandshake || Session.ServerCertificates.Count > 0)
        {
            return Resumption.None;
        }

        HeldHello client = Session.ClientHello, server = Session.ServerHello;
        bool echoesId = !client.LegacySessionId.IsEmpty && client.LegacySessionId.SequenceEqual(server.LegacySessionId);
        if (Length(client, ExtensionType.SessionTicket) <= 0)
        {
            return echoesId ? Resumption.Id : Resumption.None;
        }

        // A server that is offered a ticket does not resume by session id; it echoes the id to say that it took the ticket, and need not say it at all
        // (RFC 5077 §3.4): then only the abbreviated handshake shows it.
        SessionDirection serverSide = Direction(Session.ClientIsResponder);
        bool abbreviated = serverSide.ChangeCipherSpecTime != 0 && !serverSide.HasGap;
        return echoesId || Length(server, ExtensionType.SessionTicket) >= 0 || abbreviated ? Resumption.Ticket : Resumption.None;
    }

    /// <summary>Length of the extension on the wire, or -1 when the hello does not have it.</summary>
    private static int Length(HeldHello hello, ExtensionType type)
    {
        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == type)
            {
                return extension.Length;
            }
        }

        return -1;
    }
}
