using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>A ClientHello record of one client kind, with the places of the fields that every session patches: random, session id, first label of the name.</summary>
internal sealed class ClientHelloTemplate
{
    public const int RandomOffset = 11;
    public const int SessionIdOffset = 44;
    public const int LabelLength = 8;
    private const int PaddingExtension = 21;
    private const int PaddedHandshakeLength = 508;

    private static readonly int[] Schemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
    private static readonly int[] ChromeSuites = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035];
    private static readonly int[] FirefoxSuites =
        [0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc009, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035];
    private static readonly int[] OpenSslSuites =
        [0x1302, 0x1303, 0x1301, 0xc02c, 0xc030, 0x009f, 0xcca9, 0xcca8, 0xccaa, 0xc02b, 0xc02f, 0x009e, 0xc024, 0xc028, 0x006b, 0xc023, 0xc027, 0x0067,
         0xc00a, 0xc014, 0x0039, 0xc009, 0xc013, 0x0033, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x00ff];
    private static readonly int[] GoSuites = [0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0x1301, 0x1302, 0x1303];
    private static readonly int[] WindowsSuites =
        [0xc02c, 0xc02b, 0xc030, 0xc02f, 0xc024, 0xc023, 0xc028, 0xc027, 0xc00a, 0xc009, 0xc014, 0xc013, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x000a];
    private static readonly int[] OldSuites = [0x0039, 0x0038, 0x0035, 0x0016, 0x0013, 0x000a, 0x0033, 0x0032, 0x002f, 0x0005, 0x0004, 0x00ff];

    private ClientHelloTemplate(byte[] record, int labelOffset, bool hasSessionId, string ja3)
    {
        Record = record;
        LabelOffset = labelOffset;
        HasSessionId = hasSessionId;
        Ja3 = ja3;
    }

    public byte[] Record { get; }

    public int LabelOffset { get; }

    public bool HasSessionId { get; }

    /// <summary>MD5 in hex.</summary>
    public string Ja3 { get; }

    public static ClientHelloTemplate Create(
        DeterministicRandom random, ClientKind kind, string domain, ResumptionOffer offer = ResumptionOffer.None, bool afterRetry = false)
    {
        bool chrome = kind is ClientKind.Chrome or ClientKind.ChromePostQuantum;
        bool tls13 = kind is not (ClientKind.Windows or ClientKind.Old);
        bool old = kind == ClientKind.Old;
        int[] grease = [Grease(random), Grease(random), Grease(random)];
        int[] suites = Suites(kind);
        suites = chrome ? [grease[0], .. suites] : suites;
        int[] groups = Groups(kind, grease[1]);
        byte[] name = Encoding.ASCII.GetBytes("00000000." + domain);

        var extensions = new List<(int Type, byte[] Body)>
        {
            (0, new WireBuilder().Vector16(new WireBuilder().U8(0).Vector16(name).ToArray()).ToArray()),
        };
        if (groups.Length > 0)
        {
            extensions.Add((10, new WireBuilder().Vector16(WireBuilder.List16(groups)).ToArray()));
            extensions.Add((11, kind == ClientKind.OpenSsl ? [3, 0, 1, 2] : [1, 0]));
        }

        if (!old)
        {
            extensions.Add((13, new WireBuilder().Vector16(WireBuilder.List16(Schemes)).ToArray()));
        }

        extensions.Add((23, []));
        extensions.Add((35, offer == ResumptionOffer.Ticket ? random.Bytes(192) : []));
        if (!old)
        {
            extensions.Add((0xff01, [0]));
        }

        AddApplicationProtocols(extensions, kind);
        AddBrowserExtensions(extensions, kind, random);
        if (tls13)
        {
            int[] versions = chrome ? [grease[2], 0x0304, 0x0303] : [0x0304, 0x0303];
            extensions.Add((43, new WireBuilder().Vector8(WireBuilder.List16(versions)).ToArray()));
            extensions.Add((45, [1, 1]));
            extensions.Add((51, KeyShares(random, kind, grease[1], afterRetry)));
            if (afterRetry)
            {
                extensions.Add((44, new WireBuilder().Vector16(random.Bytes(48)).ToArray()));
            }
        }

        if (chrome)
        {
            Shuffle(extensions, random);
            extensions.Insert(0, (grease[0], []));
            extensions.Add((grease[2], [0]));
        }

        if (offer == ResumptionOffer.PreSharedKey)
        {
            byte[] identity = new WireBuilder().Vector16(random.Bytes(208)).Bytes(random.Bytes(4)).ToArray();
            extensions.Add((41, new WireBuilder().Vector16(identity).Vector16(new WireBuilder().Vector8(random.Bytes(32)).ToArray()).ToArray()));
        }

        bool hasSessionId = tls13 || offer is ResumptionOffer.SessionId or ResumptionOffer.Ticket;
        byte[] head = new WireBuilder().U16(old ? 0x0301 : 0x0303).Bytes(new byte[32]).Vector8(hasSessionId ? new byte[32] : [])
            .Vector16(WireBuilder.List16(suites)).U8(1).U8(0).ToArray();
        Pad(extensions, head.Length, (chrome || kind == ClientKind.Firefox) && offer == ResumptionOffer.None);
        byte[] body = new WireBuilder().Bytes(head).Vector16(Encode(extensions)).ToArray();
        byte[] record = TlsRecords.Wrap(22, 0x0301, TlsRecords.Message(1, body));
        return new ClientHelloTemplate(
            record, record.AsSpan().IndexOf("00000000."u8), hasSessionId, Fingerprint(old ? 0x0301 : 0x0303, suites, extensions, groups));
    }

    private static int Grease(DeterministicRandom random) => 0x0a0a + (0x1010 * random.Next(16));

    private static bool IsGrease(int value) => (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 255);

    private static int[] Suites(ClientKind kind) => kind switch
    {
        ClientKind.Firefox => FirefoxSuites,
        ClientKind.OpenSsl => OpenSslSuites,
        ClientKind.Go => GoSuites,
        ClientKind.Windows => WindowsSuites,
        ClientKind.Old => OldSuites,
        _ => ChromeSuites,
    };

    private static int[] Groups(ClientKind kind, int grease) => kind switch
    {
        ClientKind.Chrome => [grease, 29, 23, 24],
        ClientKind.ChromePostQuantum => [grease, 0x11ec, 29, 23, 24],
        ClientKind.Firefox => [29, 23, 24, 25, 256, 257],
        ClientKind.OpenSsl => [29, 23, 30, 25, 24],
        ClientKind.Go => [29, 23, 24, 25],
        ClientKind.Windows => [29, 23, 24],
        _ => [],
    };

    private static void AddApplicationProtocols(List<(int, byte[])> extensions, ClientKind kind)
    {
        string[] protocols = kind switch
        {
            ClientKind.Windows => ["http/1.1"],
            ClientKind.OpenSsl or ClientKind.Old => [],
            _ => ["h2", "http/1.1"],
        };
        if (protocols.Length > 0)
        {
            var list = new WireBuilder();
            Array.ForEach(protocols, protocol => list.Vector8(Encoding.ASCII.GetBytes(protocol)));
            extensions.Add((16, new WireBuilder().Vector16(list.ToArray()).ToArray()));
        }
    }

    private static void AddBrowserExtensions(List<(int, byte[])> extensions, ClientKind kind, DeterministicRandom random)
    {
        bool chrome = kind is ClientKind.Chrome or ClientKind.ChromePostQuantum;
        if (chrome || kind is ClientKind.Firefox or ClientKind.Windows)
        {
            extensions.Add((5, [1, 0, 0, 0, 0]));
        }

        if (chrome)
        {
            extensions.Add((18, []));
            extensions.Add((27, [2, 0, 2]));
            extensions.Add((0x44cd, new WireBuilder().Vector16(new WireBuilder().Vector8("h2"u8).ToArray()).ToArray()));
            extensions.Add((0xfe0d, new WireBuilder().Bytes(0, 0, 1, 0, 1).Bytes(random.Bytes(1)).Vector16(random.Bytes(32)).Vector16(random.Bytes(144)).ToArray()));
        }
    }

    private static byte[] KeyShares(DeterministicRandom random, ClientKind kind, int grease, bool afterRetry)
    {
        var shares = new WireBuilder();
        if (kind is ClientKind.Chrome or ClientKind.ChromePostQuantum)
        {
            shares.U16(grease).Vector16([0]);
        }

        if (kind == ClientKind.ChromePostQuantum)
        {
            shares.U16(0x11ec).Vector16(random.Bytes(1216));
        }

        if (afterRetry)
        {
            return new WireBuilder().Vector16(new WireBuilder().U16(23).Vector16(random.Bytes(65)).ToArray()).ToArray();
        }

        shares.U16(29).Vector16(random.Bytes(32));
        if (kind == ClientKind.Firefox)
        {
            shares.U16(23).Vector16(random.Bytes(65));
        }

        return new WireBuilder().Vector16(shares.ToArray()).ToArray();
    }

    private static void Shuffle(List<(int, byte[])> extensions, DeterministicRandom random)
    {
        for (int i = extensions.Count - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (extensions[i], extensions[j]) = (extensions[j], extensions[i]);
        }
    }

    /// <summary>Browsers pad a hello between 256 and 511 bytes to 512 (RFC 7685).</summary>
    private static void Pad(List<(int, byte[])> extensions, int headLength, bool pads)
    {
        int length = headLength + 2 + Encode(extensions).Length + 4;
        if (pads && length is > 255 and < PaddedHandshakeLength)
        {
            extensions.Add((PaddingExtension, new byte[PaddedHandshakeLength - length]));
        }
    }

    private static byte[] Encode(List<(int Type, byte[] Body)> extensions)
    {
        var block = new WireBuilder();
        extensions.ForEach(extension => block.U16(extension.Type).Vector16(extension.Body));
        return block.ToArray();
    }

    private static string Fingerprint(int version, int[] suites, List<(int Type, byte[] Body)> extensions, int[] groups)
    {
        byte[] formats = [.. extensions.Where(extension => extension.Type == 11).SelectMany(extension => extension.Body.Skip(1))];
        string text = string.Join(
            ',', version.ToString(CultureInfo.InvariantCulture), Join(suites), Join(extensions.Select(extension => extension.Type)), Join(groups), string.Join('-', formats));
#pragma warning disable CA5351 // JA3 is defined with MD5.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351

        static string Join(IEnumerable<int> values) => string.Join('-', values.Where(value => !IsGrease(value)));
    }
}
