using TlsAppliance.Testing.Certificates;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Benchmarks.Samples;

/// <summary>Flights of handshakes as a browser and an ordinary server send them.</summary>
internal static class SampleSession
{
    private const ushort X25519 = 0x001D;
    private const ushort Tls13 = 0x0304;
    private const ushort Tls12 = 0x0303;

    private static readonly ushort[] Suites =
    [
        0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035,
    ];

    /// <summary>The server's certificate and the one that signed it.</summary>
    public static byte[][] Chain { get; } = [SampleCertificates.EcP256, SampleCertificates.Rsa2048];

    public static Hello Client { get; } = new()
    {
        SessionId = new byte[32],
        CipherSuites = Suites,
        Extensions =
        [
            Extension.ServerName("www.example.net"),
            new Extension(23, []),
            Extension.RenegotiationInfo(),
            Extension.SupportedGroups(X25519, 0x0017, 0x0018),
            Extension.EcPointFormats(0),
            Extension.SessionTicket(),
            Extension.ApplicationProtocols("h2", "http/1.1"),
            Extension.StatusRequest(),
            Extension.SignatureAlgorithms(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601),
            Extension.KeyShare(new byte[32], X25519),
            Extension.PskKeyExchangeModes(1),
            Extension.SupportedVersions(Tls13, Tls12),
            new Extension(21, new byte[150]),
        ],
    };

    public static byte[] Tls12ServerFlight { get; } =
    [
        .. new Hello { CipherSuites = [0xC02F], SessionId = new byte[32], Extensions = [Extension.ApplicationProtocols("h2")] }.Server(),
        .. TlsBytes.Certificate(Chain), .. TlsBytes.ServerKeyExchange(), .. TlsBytes.ServerHelloDone(),
    ];

    public static byte[] Tls12ClientFlight { get; } = [.. TlsBytes.ClientKeyExchange(), .. Finished];

    public static byte[] Tls13ServerFlight { get; } =
    [
        .. new Hello
        {
            CipherSuites = [0x1301],
            SessionId = new byte[32],
            Extensions = [Extension.SelectedVersion(Tls13), Extension.SelectedKeyShare(X25519, new byte[32])],
        }.Server(),
        .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.ApplicationData(3000),
    ];

    public static byte[] Tls13ClientFlight { get; } = [.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.ApplicationData(58)];

    /// <summary>ChangeCipherSpec and the first encrypted record.</summary>
    public static byte[] Finished => [.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.EncryptedFinished()];

    public static byte[] Data { get; } = TlsBytes.ApplicationData(900);

    /// <summary>Record with a ClientHello whose random is that of this number.</summary>
    public static byte[] ClientHello(int number = 0)
    {
        byte[] random = new byte[32];
        new Random(number).NextBytes(random);
        return (Client with { Random = random }).Client();
    }
}
