using System.Globalization;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

/// <summary>Both directions of a connection as flights, and what the tracker makes of them. Times are the ordinals of the flights, from 1.</summary>
internal sealed class Conversation
{
    private readonly List<(bool FromOriginator, byte[] Bytes)> _flights = [];

    public IReadOnlyList<(bool FromOriginator, byte[] Bytes)> Flights => _flights;

    /// <summary>Certificates that the certificate reader can read are not needed here: all are unreadable, and are kept.</summary>
    public static byte[] SomeCertificate { get; } = [0x30, 0x03, 0x02, 0x01, 0x05];

    public Conversation Originator(params byte[][] records)
    {
        _flights.Add((true, [.. records.SelectMany(record => record)]));
        return this;
    }

    public Conversation Responder(params byte[][] records)
    {
        _flights.Add((false, [.. records.SelectMany(record => record)]));
        return this;
    }

    /// <summary>The same with the directions swapped, as when the server's packet was the first one seen.</summary>
    public Conversation Swapped()
    {
        Conversation swapped = new();
        swapped._flights.AddRange(_flights.Select(flight => (!flight.FromOriginator, flight.Bytes)));
        return swapped;
    }

    public static Conversation Tls12() => new Conversation()
        .Originator(new Hello { SessionId = [1], Extensions = [Extension.ServerName("a.example"), Extension.SessionTicket()] }.Client())
        .Responder(
            new Hello { SessionId = [2], Extensions = [Extension.RenegotiationInfo()] }.Server(),
            TlsBytes.Certificate(SomeCertificate, [0x30, 0x00]),
            TlsBytes.CertificateStatus(0),
            TlsBytes.ServerKeyExchange(),
            TlsBytes.ServerHelloDone())
        .Originator(TlsBytes.ClientKeyExchange(), TlsBytes.ChangeCipherSpec(), TlsBytes.EncryptedFinished())
        .Responder(TlsBytes.NewSessionTicket(), TlsBytes.ChangeCipherSpec(), TlsBytes.EncryptedFinished(), TlsBytes.ApplicationData());

    public static Conversation Tls12Abbreviated(bool ticket) => new Conversation()
        .Originator(new Hello { SessionId = ticket ? [] : [7, 7], Extensions = ticket ? [Extension.SessionTicket(1, 2, 3)] : [] }.Client())
        .Responder(
            new Hello { SessionId = ticket ? [] : [7, 7], Extensions = ticket ? [Extension.SessionTicket()] : [] }.Server(),
            TlsBytes.ChangeCipherSpec(),
            TlsBytes.EncryptedFinished())
        .Originator(TlsBytes.ChangeCipherSpec(), TlsBytes.EncryptedFinished(), TlsBytes.ApplicationData());

    public static Conversation Tls13(bool psk = false, bool compatibility = true) => new Conversation()
        .Originator(ClientHello13(psk).Client())
        .Responder([ServerHello13(psk).Server(), .. Compatibility(compatibility), TlsBytes.ApplicationData(900)])
        .Originator([.. Compatibility(compatibility), TlsBytes.ApplicationData(53), TlsBytes.ApplicationData(200)])
        .Responder(TlsBytes.ApplicationData(300));

    public static Conversation Tls13EarlyData() => new Conversation()
        .Originator((ClientHello13(psk: true) with
        {
            Extensions = [Extension.EarlyData(), .. ClientHello13(psk: true).Extensions!],
        }).Client(), TlsBytes.ChangeCipherSpec(), TlsBytes.ApplicationData(500))
        .Responder(ServerHello13(psk: true).Server(), TlsBytes.ChangeCipherSpec(), TlsBytes.ApplicationData(200))
        .Originator(TlsBytes.ApplicationData(60));

    public static Conversation Tls13Retry() => new Conversation()
        .Originator(ClientHello13(psk: false).Client())
        .Responder(
            new Hello { CipherSuites = [0x1301], Extensions = [Extension.SelectedVersion(0x0304), Extension.RetryKeyShare(24)] }.Retry(),
            TlsBytes.ChangeCipherSpec())
        .Originator(TlsBytes.ChangeCipherSpec(), (ClientHello13(psk: false) with { CipherSuites = [0x1302] }).Client())
        .Responder(ServerHello13(psk: false).Server(), TlsBytes.ApplicationData(900))
        .Originator(TlsBytes.ApplicationData(53));

    public static Conversation ClientAuthentication() => new Conversation()
        .Originator(new Hello().Client())
        .Responder(
            new Hello().Server(), TlsBytes.Certificate(SomeCertificate), TlsBytes.ServerKeyExchange(23), TlsBytes.CertificateRequest(),
            TlsBytes.ServerHelloDone())
        .Originator(
            TlsBytes.Certificate([0x30, 0x01, 0x00]), TlsBytes.ClientKeyExchange(), TlsBytes.CertificateVerify(), TlsBytes.ChangeCipherSpec())
        .Responder(TlsBytes.ChangeCipherSpec());

    /// <summary>All kinds of complete sessions.</summary>
    public static IEnumerable<Conversation> Complete() =>
    [
        Tls12(), Tls12Abbreviated(ticket: true), Tls12Abbreviated(ticket: false), Tls13(), Tls13(psk: true), Tls13(compatibility: false),
        Tls13EarlyData(), Tls13Retry(), ClientAuthentication(),
    ];

    public TlsSessionTracker Run(TlsSessionTracker? tracker = null, Func<byte[], IEnumerable<byte[]>>? cut = null)
    {
        tracker ??= new TlsSessionTracker();
        long time = 0;
        foreach ((bool fromOriginator, byte[] bytes) in _flights)
        {
            time++;
            foreach (byte[] piece in cut is null ? [bytes] : cut(bytes))
            {
                _ = tracker.OnBytes(fromOriginator, piece, time);
            }
        }

        tracker.Finish();
        return tracker;
    }

    /// <summary>Everything that an event could show, as one text.</summary>
    public static string Facts(TlsSessionTracker tracker)
    {
        TlsSession session = tracker.Session;
        return string.Join(
            ' ',
            tracker.Status,
            tracker.HasEvent,
            session.ClientIsResponder ? "client=responder" : "client=originator",
            ((int)session.Version).ToString("X4", CultureInfo.InvariantCulture),
            session.Established,
            session.Resumption,
            session.HelloRetry,
            session.Ssl2Hello,
            session.KeyExchangeGroup,
            session.ClientCertificateRequested,
            session.EarlyDataOffered,
            session.OcspResponseStatus,
            Names(session.ClientCertificates),
            Names(session.ServerCertificates),
            string.Join(',', session.Alerts.Select(Text)),
            session.SkippedMessages,
            session.Anomalies,
            session.HasClientHello ? Convert.ToHexString(session.ClientHelloBytes) : "-",
            session.HasServerHello ? Convert.ToHexString(session.ServerHelloBytes) : "-",
            string.Join('/', session.StartTime, session.ClientHelloTime, session.ServerHelloTime, session.EndTime));
    }

    private static Hello ClientHello13(bool psk) => new()
    {
        SessionId = [9, 9, 9],
        CipherSuites = [0x1301, 0x1302],
        Extensions =
        [
            Extension.SupportedVersions(0x0304, 0x0303), Extension.KeyShare(TlsBytes.Filler(32), 29),
            .. psk ? (Extension[])[Extension.PreSharedKey(TlsBytes.Filler(20), TlsBytes.Filler(32))] : [],
        ],
    };

    private static Hello ServerHello13(bool psk) => new()
    {
        SessionId = [9, 9, 9],
        CipherSuites = [0x1301],
        Extensions =
        [
            Extension.SelectedVersion(0x0304), Extension.SelectedKeyShare(29, TlsBytes.Filler(32)),
            .. psk ? (Extension[])[Extension.SelectedPreSharedKey(0)] : [],
        ],
    };

    private static byte[][] Compatibility(bool wanted) => wanted ? [TlsBytes.ChangeCipherSpec()] : [];

    private static string Names(IReadOnlyList<CertificateFacts> certificates) =>
        "[" + string.Join(',', certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span))) + "]";

    private static string Text(Alert alert) => $"{(alert.FromClient ? 'c' : 's')}{alert.Level}:{alert.Description}";
}
