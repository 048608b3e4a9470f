using System.Text;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Corpus.Tests.Invariance;

/// <summary>One completed session of each kind, as flights.</summary>
internal static class SampleSessions
{
    private const ushort Tls13 = 0x0304;
    private const ushort Tls12 = 0x0303;
    private const ushort X25519 = 0x001D;
    private const ushort Secp256r1 = 0x0017;

    private static readonly byte[] SessionId = [.. Enumerable.Range(64, 32).Select(value => (byte)value)];

    private static readonly Hello Client = new()
    {
        SessionId = SessionId,
        CipherSuites = [0x1301, 0xC02F, 0xC030],
        Extensions =
        [
            Extension.ServerName("example.org"), Extension.ApplicationProtocols("h2", "http/1.1"), Extension.SupportedGroups(X25519, Secp256r1),
            Extension.SignatureAlgorithms(0x0403, 0x0804), Extension.SupportedVersions(Tls13, Tls12), Extension.KeyShare(TlsBytes.Filler(32), X25519),
            Extension.StatusRequest(), Extension.SessionTicket(),
        ],
    };

    private static readonly Hello Server12 = new()
    {
        Random = [.. Enumerable.Range(100, 32).Select(value => (byte)value)],
        CipherSuites = [0xC02F],
        Extensions = [Extension.RenegotiationInfo(), Extension.ApplicationProtocols("h2")],
    };

    private static readonly Hello Server13 = new()
    {
        Random = Server12.Random,
        SessionId = SessionId,
        CipherSuites = [0x1301],
        Extensions = [Extension.SelectedVersion(Tls13), Extension.SelectedKeyShare(X25519, TlsBytes.Filler(32))],
    };

    public static IReadOnlyDictionary<string, Flight[]> All { get; } = new Dictionary<string, Flight[]>
    {
        ["full 1.2"] = Full12(asksForCertificate: false),
        ["client certificate"] = Full12(asksForCertificate: true),
        ["resumed 1.2"] = Resumed12(),
        ["1.3"] = Full13([]),
        ["hello retry"] = Full13(
        [
            new(true, Client.Client()),
            new(false, [.. (Server13 with { Extensions = [Extension.SelectedVersion(Tls13), Extension.RetryKeyShare(Secp256r1)] }).Retry(), .. TlsBytes.ChangeCipherSpec()]),
        ]),
        ["after STARTTLS"] = [.. StartTls(), .. Full12(asksForCertificate: false)],
    };

    private static Flight[] Full12(bool asksForCertificate) =>
    [
        new(true, Client.Client()),
        new(false,
        [
            .. Server12.Server(), .. TlsBytes.Fragmented(TlsBytes.Message(11, TlsBytes.CertificateBody(SampleCertificates.Rsa2048, SampleCertificates.Rsa1024Sha1)), 700),
            .. TlsBytes.CertificateStatus(0), .. TlsBytes.ServerKeyExchange(), .. asksForCertificate ? TlsBytes.CertificateRequest() : [], .. TlsBytes.ServerHelloDone(),
        ]),
        new(true,
        [
            .. asksForCertificate ? TlsBytes.Certificate(SampleCertificates.Rsa1024Sha1) : [], .. TlsBytes.ClientKeyExchange(),
            .. asksForCertificate ? TlsBytes.CertificateVerify() : [], .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.EncryptedFinished(),
        ]),
        new(false, [.. TlsBytes.NewSessionTicket(), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.EncryptedFinished()]),
    ];

    private static Flight[] Resumed12() =>
    [
        new(true, Client.Client()),
        new(false, [.. (Server12 with { SessionId = SessionId }).Server(), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.EncryptedFinished()]),
        new(true, [.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.EncryptedFinished()]),
    ];

    private static Flight[] Full13(Flight[] before) =>
    [
        .. before,
        new(true, Client.Client()),
        new(false, [.. Server13.Server(), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.ApplicationData(1800)]),
        new(true, [.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.ApplicationData()]),
    ];

    private static Flight[] StartTls() =>
    [
        new(false, Encoding.ASCII.GetBytes("220 mail.example.org ESMTP\r\n")),
        new(true, Encoding.ASCII.GetBytes("EHLO client.example.org\r\n")),
        new(false, Encoding.ASCII.GetBytes("250-mail.example.org\r\n250 STARTTLS\r\n")),
        new(true, Encoding.ASCII.GetBytes("STARTTLS\r\n")),
        new(false, Encoding.ASCII.GetBytes("220 go ahead\r\n")),
    ];
}
