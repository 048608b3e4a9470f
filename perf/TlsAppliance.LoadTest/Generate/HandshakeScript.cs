namespace TlsAppliance.LoadTest.Generate;

/// <summary>One variant of a session: its flights, and what an observer must say about it.</summary>
internal sealed class HandshakeScript
{
    private static readonly byte[] RetryRandom = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");
    private static readonly byte[] ChangeCipherSpec = TlsRecords.Wrap(20, 0x0303, [1]);
    private readonly List<Flight> _flights = [];

    private HandshakeScript(SessionKind kind, ForgedServer server)
    {
        Kind = kind;
        Server = server;
    }

    /// <summary>Bytes of one side. <paramref name="Hello"/>: the ClientHello in it, <paramref name="HelloOffset"/> bytes in.</summary>
    public sealed record Flight(bool FromClient, byte[] Bytes, ClientHelloTemplate? Hello = null, int HelloOffset = 0, bool HasServerRandom = false);

    public SessionKind Kind { get; }

    public ForgedServer Server { get; }

    public IReadOnlyList<Flight> Flights => _flights;

    public ClientHelloTemplate Hello => _flights[0].Hello!;

    public string? Version { get; private set; }

    public int? CipherSuite { get; private set; }

    public bool Resumed { get; private set; }

    public bool Established { get; private set; } = true;

    public bool ShowsCertificates { get; private set; }

    public bool ShowsClientCertificate { get; private set; }

    public (bool FromClient, int Code)? Alert { get; private set; }

    public bool EndsWithReset { get; private set; }

    public static HandshakeScript Create(DeterministicRandom random, SessionKind kind, ForgedServer server, byte[] clientCertificate)
    {
        var script = new HandshakeScript(kind, server);
        switch (kind)
        {
            case SessionKind.Tls13 or SessionKind.Tls13PostQuantum or SessionKind.Tls13PreSharedKey or SessionKind.Tls13HelloRetry:
                script.BuildTls13(random);
                break;
            case SessionKind.Tls12SessionId or SessionKind.Tls12Ticket:
                script.BuildAbbreviated(random);
                break;
            case SessionKind.Alert:
                script.BuildRefusal(random);
                break;
            default:
                script.BuildFull(random, clientCertificate);
                break;
        }

        return script;
    }

    private void BuildTls13(DeterministicRandom random)
    {
        ClientKind client = Kind switch
        {
            SessionKind.Tls13PostQuantum => ClientKind.ChromePostQuantum,
            SessionKind.Tls13HelloRetry => ClientKind.Firefox,
            _ => random.Choose<ClientKind>([ClientKind.Chrome, ClientKind.Firefox, ClientKind.OpenSsl, ClientKind.Go]),
        };
        bool retry = Kind == SessionKind.Tls13HelloRetry;
        (Version, CipherSuite) = ("TLS 1.3", random.Choose<int>([0x1301, 0x1301, 0x1302, 0x1303]));
        Resumed = Kind == SessionKind.Tls13PreSharedKey;
        var hello = ClientHelloTemplate.Create(random, client, Server.Domain, Resumed ? ResumptionOffer.PreSharedKey : ResumptionOffer.None);
        _flights.Add(new Flight(true, hello.Record, hello));
        if (retry)
        {
            byte[] request = ServerHello(0x0303, [(43, [3, 4]), (51, WireBuilder.List16([23]))], new byte[32], RetryRandom);
            _flights.Add(new Flight(false, [.. TlsRecords.Wrap(22, 0x0303, request), .. ChangeCipherSpec]));
            var second = ClientHelloTemplate.Create(random, client, Server.Domain, ResumptionOffer.None, afterRetry: true);
            _flights.Add(new Flight(true, [.. ChangeCipherSpec, .. second.Record], second, ChangeCipherSpec.Length));
        }

        (int group, int length) = retry ? (23, 65) : Kind == SessionKind.Tls13PostQuantum ? (0x11ec, 1120) : (29, 32);
        List<(int, byte[])> extensions = [(51, new WireBuilder().U16(group).Vector16(random.Bytes(length)).ToArray()), (43, [3, 4])];
        if (Resumed)
        {
            extensions.Insert(0, (41, [0, 0]));
        }

        int certificates = Server.Chain.Sum(certificate => certificate.Length + 5) + 8;
        int[] encrypted = Resumed ? [32, 52] : [27, certificates, 264, 52];
        byte[] serverHello = TlsRecords.Wrap(22, 0x0303, ServerHello(0x0303, extensions, new byte[32]));
        _flights.Add(new Flight(
            false, [.. serverHello, .. retry ? [] : ChangeCipherSpec, .. encrypted.SelectMany(size => Encrypted(random, size))], HasServerRandom: true));
        _flights.Add(new Flight(true, [.. retry ? [] : ChangeCipherSpec, .. Encrypted(random, 52)]));
        if (random.Chance(0.8))
        {
            _flights.Add(new Flight(false, [.. Encrypted(random, 233), .. Encrypted(random, 233)]));
        }
    }

    private void BuildFull(DeterministicRandom random, byte[] clientCertificate)
    {
        bool old = Kind == SessionKind.Tls10;
        bool mutual = Kind == SessionKind.Tls12ClientCertificate;
        int version = old ? 0x0301 : 0x0303;
        ClientKind client = old
            ? ClientKind.Old
            : random.Choose<ClientKind>([ClientKind.Windows, ClientKind.Windows, ClientKind.Firefox, ClientKind.OpenSsl, ClientKind.Go, ClientKind.Chrome]);
        Version = old ? "TLS 1.0" : "TLS 1.2";
        CipherSuite = old ? 0x0035 : random.Choose<int>(Server.IsRsa ? [0xc02f, 0xc030] : [0xc02b, 0xc02c]);
        ShowsCertificates = true;
        ShowsClientCertificate = mutual;
        var hello = ClientHelloTemplate.Create(random, client, Server.Domain);
        _flights.Add(new Flight(true, hello.Record, hello));
        _flights.Add(new Flight(false, ServerFlight(random, version, old, mutual), HasServerRandom: true));
        if (Kind == SessionKind.Tls12CertificateAlert)
        {
            (Established, EndsWithReset) = (false, true);
            Alert = (true, random.Choose<int>([48, 42, 46]));
            _flights.Add(new Flight(true, TlsRecords.Wrap(21, version, [2, (byte)Alert.Value.Code])));
            return;
        }

        ShowsClientCertificate = mutual;
        _flights.Add(new Flight(true, ClientFlight(random, version, old, mutual ? clientCertificate : null)));
        byte[] ticket = old ? [] : TlsRecords.Wrap(22, version, TlsRecords.Message(4, new WireBuilder().U32(7200).Vector16(random.Bytes(192)).ToArray()));
        _flights.Add(new Flight(false, [.. ticket, .. TlsRecords.Wrap(20, version, [1]), .. TlsRecords.Wrap(22, version, random.Bytes(40))]));
    }

    private byte[] ServerFlight(DeterministicRandom random, int version, bool old, bool mutual)
    {
        List<(int, byte[])> extensions = old ? [] : [(0xff01, [0]), (23, []), (35, [])];
        if (!old && random.Chance(0.6))
        {
            extensions.Add((16, new WireBuilder().Vector16(new WireBuilder().Vector8("http/1.1"u8).ToArray()).ToArray()));
        }

        var chain = new WireBuilder();
        Array.ForEach(Server.Chain, certificate => chain.Vector24(certificate));
        List<byte[]> messages =
        [
            ServerHello(version, extensions, old ? random.Bytes(32) : new byte[32]),
            TlsRecords.Message(11, new WireBuilder().Vector24(chain.ToArray()).ToArray()),
        ];
        if (!old)
        {
            byte[] signature = Server.IsRsa ? random.Bytes(256) : random.Bytes(71);
            messages.Add(TlsRecords.Message(12, new WireBuilder().U8(3).U16(29).Vector8(random.Bytes(32)).U16(Server.IsRsa ? 0x0401 : 0x0403).Vector16(signature).ToArray()));
        }

        if (mutual)
        {
            messages.Add(TlsRecords.Message(13, new WireBuilder().Vector8([1, 64]).Vector16(WireBuilder.List16([0x0403, 0x0401])).U16(0).ToArray()));
        }

        messages.Add(TlsRecords.Message(14, []));
        return random.Chance(0.6)
            ? TlsRecords.Wrap(22, version, [.. messages.SelectMany(message => message)])
            : [.. messages.SelectMany(message => TlsRecords.Wrap(22, version, message))];
    }

    private static byte[] ClientFlight(DeterministicRandom random, int version, bool old, byte[]? certificate)
    {
        var flight = new WireBuilder();
        if (certificate is not null)
        {
            flight.Bytes(TlsRecords.Wrap(22, version, TlsRecords.Message(11, new WireBuilder().Vector24(new WireBuilder().Vector24(certificate).ToArray()).ToArray())));
        }

        WireBuilder exchange = old ? new WireBuilder().Vector16(random.Bytes(256)) : new WireBuilder().Vector8(random.Bytes(32));
        flight.Bytes(TlsRecords.Wrap(22, version, TlsRecords.Message(16, exchange.ToArray())));
        if (certificate is not null)
        {
            flight.Bytes(TlsRecords.Wrap(22, version, TlsRecords.Message(15, new WireBuilder().U16(0x0403).Vector16(random.Bytes(71)).ToArray())));
        }

        return flight.Bytes(TlsRecords.Wrap(20, version, [1])).Bytes(TlsRecords.Wrap(22, version, random.Bytes(40))).ToArray();
    }

    private void BuildAbbreviated(DeterministicRandom random)
    {
        ResumptionOffer offer = Kind == SessionKind.Tls12SessionId ? ResumptionOffer.SessionId : ResumptionOffer.Ticket;
        var hello = ClientHelloTemplate.Create(random, random.Choose<ClientKind>([ClientKind.Windows, ClientKind.OpenSsl, ClientKind.Go]), Server.Domain, offer);
        (Version, CipherSuite, Resumed) = ("TLS 1.2", Server.IsRsa ? 0xc02f : 0xc02b, true);
        byte[] finished = [.. ChangeCipherSpec, .. TlsRecords.Wrap(22, 0x0303, random.Bytes(40))];
        _flights.Add(new Flight(true, hello.Record, hello));
        _flights.Add(new Flight(
            false, [.. TlsRecords.Wrap(22, 0x0303, ServerHello(0x0303, [(0xff01, [0]), (23, [])], new byte[32])), .. finished], HasServerRandom: true));
        _flights.Add(new Flight(true, finished));
    }

    private void BuildRefusal(DeterministicRandom random)
    {
        var hello = ClientHelloTemplate.Create(random, random.Choose<ClientKind>([ClientKind.Chrome, ClientKind.OpenSsl, ClientKind.Old]), Server.Domain);
        Established = false;
        Alert = (false, random.Choose<int>([40, 70, 112]));
        _flights.Add(new Flight(true, hello.Record, hello));
        _flights.Add(new Flight(false, TlsRecords.Wrap(21, 0x0303, [2, (byte)Alert.Value.Code])));
    }

    private byte[] ServerHello(int version, List<(int Type, byte[] Body)> extensions, byte[] sessionId, byte[]? random = null)
    {
        WireBuilder hello = new WireBuilder().U16(version).Bytes(random ?? new byte[32]).Vector8(sessionId).U16(CipherSuite ?? 0).U8(0);
        if (extensions.Count > 0)
        {
            var block = new WireBuilder();
            extensions.ForEach(extension => block.U16(extension.Type).Vector16(extension.Body));
            hello.Vector16(block.ToArray());
        }

        return TlsRecords.Message(2, hello.ToArray());
    }

    /// <summary>An encrypted record of so many plaintext bytes (RFC 8446 §5.2: one byte of content type and a tag of 16).</summary>
    private static byte[] Encrypted(DeterministicRandom random, int plaintext) => TlsRecords.Wrap(23, 0x0303, random.Bytes(plaintext + 17));
}
