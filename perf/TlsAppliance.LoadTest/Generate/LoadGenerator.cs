using System.Buffers.Binary;
using System.Text;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>Interleaves many flows into one capture file. Each flow is an iterator that yields the frames that it sends in one go.</summary>
internal sealed class LoadGenerator
{
    private const int BurstFrames = 12;
    private const int PoolBytes = 1 << 20;
    private const int RecordBytes = 16384;
    private static readonly int[] RequestSizes = [90, 140, 260, 420, 700, 1100];
    private static readonly int[][] AnswerSizes = [[180], [320], [560], [900, 120], [1500], [2600, 80], [4096, 900], [9000], [16384, 3000]];
    private static readonly (SessionKind Kind, int Weight)[] MixWeights =
    [
        (SessionKind.Tls13, 34), (SessionKind.Tls13PostQuantum, 14), (SessionKind.Tls13PreSharedKey, 10), (SessionKind.Tls13HelloRetry, 1), (SessionKind.Tls12, 18),
        (SessionKind.Tls12ClientCertificate, 2), (SessionKind.Tls12SessionId, 6), (SessionKind.Tls12Ticket, 8), (SessionKind.Tls10, 1), (SessionKind.Alert, 4),
        (SessionKind.Tls12CertificateAlert, 2),
    ];

    private static readonly (SessionKind Kind, int Weight)[] StormWeights =
    [
        (SessionKind.Tls13, 28), (SessionKind.Tls13PostQuantum, 14), (SessionKind.Tls13PreSharedKey, 8), (SessionKind.Tls13HelloRetry, 2), (SessionKind.Tls12, 28),
        (SessionKind.Tls12ClientCertificate, 3), (SessionKind.Tls12SessionId, 5), (SessionKind.Tls12Ticket, 5), (SessionKind.Tls10, 1), (SessionKind.Alert, 4),
        (SessionKind.Tls12CertificateAlert, 2),
    ];

    private readonly LoadOptions _options;
    private readonly DeterministicRandom _random;
    private readonly ForgedServer[] _servers;
    private readonly Dictionary<SessionKind, HandshakeScript[]> _scripts = [];
    private readonly (SessionKind Kind, int Weight)[] _weights;
    private readonly byte[] _pool;
    private readonly byte[] _longTransfer;
    private readonly SessionTruth? _truth;
    private int _clients;
    private bool _stopping;

    public LoadGenerator(LoadOptions options)
    {
        _options = options;
        _random = new DeterministicRandom((options.Seed * 16) + (ulong)options.Profile);
        var keys = new DeterministicRandom(options.Seed + 0x5EED);
        _servers = ForgedServer.Create(keys, options.Servers);
        byte[] clientCertificate = ForgedServer.ClientCertificate(keys);
        _weights = options.Profile == LoadProfile.HandshakeStorm ? StormWeights : MixWeights;
        foreach ((SessionKind kind, _) in _weights)
        {
            _scripts[kind] = [.. Enumerable.Range(0, Math.Max(4, options.Scripts))
                .Select(_ => HandshakeScript.Create(_random, kind, _random.Choose(_servers), clientCertificate))];
        }

        _pool = _random.Bytes(PoolBytes);
        _longTransfer = ApplicationData(Enumerable.Repeat(RecordBytes, 16));
        _truth = options.Truth is null ? null : new SessionTruth(options.Truth);
    }

    public LoadStatistics Statistics { get; } = new();

    public LoadStatistics Run()
    {
        using var output = new PcapOutput(_options.Output, _options.GigabitsPerSecond);
        int concurrent = Concurrent();
        List<IEnumerator<List<byte[]>>> slots = [.. Enumerable.Range(0, concurrent).Select(_ => Pick().GetEnumerator())];
        long flows = concurrent;
        while (slots.Count > 0)
        {
            int slot = _random.Next(slots.Count);
            if (slots[slot].MoveNext())
            {
                slots[slot].Current.ForEach(frame => output.Write(frame));
                continue;
            }

            if (_options.Flows > 0 ? flows < _options.Flows : output.Bytes < _options.Size)
            {
                slots[slot] = Pick().GetEnumerator();
                flows++;
                continue;
            }

            _stopping = true;
            slots[slot] = slots[^1];
            slots.RemoveAt(slots.Count - 1);
        }

        _truth?.Dispose();
        (Statistics.Frames, Statistics.FileBytes) = (output.Frames, output.Bytes);
        return Statistics;
    }

    private int Concurrent()
    {
        int wanted = _options.Concurrent > 0 ? _options.Concurrent : _options.Profile switch
        {
            LoadProfile.Bulk => 400,
            LoadProfile.ManyFlows => 20_000,
            LoadProfile.EnterpriseMix => 5_000,
            _ => 8_000,
        };
        return (int)Math.Min(wanted, Math.Max(1, _options.Flows > 0 ? _options.Flows : _options.Size / 20_000));
    }

    private IEnumerable<List<byte[]>> Pick()
    {
        double x = _random.NextDouble();
        return _options.Profile switch
        {
            LoadProfile.ManyFlows => HeldHello(),
            LoadProfile.HandshakeStorm => x < 0.93 ? Tls() : x < 0.94 ? Scan() : x < 0.98 ? Dns() : Http(),
            LoadProfile.Bulk => x < 0.9 ? Tls() : x < 0.93 ? Http() : Dns(),
            _ => x < 0.62 ? Tls() : x < 0.70 ? Http() : x < 0.78 ? Quic() : x < 0.94 ? Dns() : x < 0.965 ? FileTransfer() : Scan(),
        };
    }

    private IEnumerable<List<byte[]>> Tls()
    {
        HandshakeScript script = _random.Choose(_scripts[PickKind()]);
        ForgedFlow flow = NewFlow(script.Server, script.Server.Port);
        Statistics.TlsSessions++;
        byte[] fresh = _random.Bytes(32 + 32 + 32 + 4);
        _truth?.Write(script, flow, fresh);
        yield return Open(flow);
        foreach (HandshakeScript.Flight flight in script.Flights)
        {
            foreach (List<byte[]> burst in Send(flow, flight.FromClient, Personalise(script, flight, fresh)))
            {
                yield return burst;
            }
        }

        if (script.Established)
        {
            foreach (List<byte[]> burst in Converse(flow))
            {
                yield return burst;
            }
        }

        yield return Close(flow, script.EndsWithReset);
    }

    private SessionKind PickKind()
    {
        int ticket = _random.Next(_weights.Sum(entry => entry.Weight));
        int index = 0;
        for (; ticket >= _weights[index].Weight; index++)
        {
            ticket -= _weights[index].Weight;
        }

        return _weights[index].Kind;
    }

    /// <summary>A copy of the flight with this session's randoms, session id and server name.</summary>
    private static byte[] Personalise(HandshakeScript script, HandshakeScript.Flight flight, ReadOnlySpan<byte> fresh)
    {
        byte[] bytes = [.. flight.Bytes];
        if (flight.Hello is { } hello)
        {
            Span<byte> record = bytes.AsSpan(flight.HelloOffset);
            fresh[..32].CopyTo(record[ClientHelloTemplate.RandomOffset..]);
            if (hello.HasSessionId)
            {
                fresh.Slice(32, 32).CopyTo(record[ClientHelloTemplate.SessionIdOffset..]);
            }

            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(fresh[96..]), record[hello.LabelOffset..]);
        }
        else if (!flight.FromClient && bytes[0] == 22 && bytes[5] == 2)
        {
            if (flight.HasServerRandom)
            {
                fresh.Slice(64, 32).CopyTo(bytes.AsSpan(ClientHelloTemplate.RandomOffset));
            }

            if (script.Hello.HasSessionId)
            {
                fresh.Slice(32, 32).CopyTo(bytes.AsSpan(ClientHelloTemplate.SessionIdOffset));
            }
        }

        return bytes;
    }

    private IEnumerable<List<byte[]>> Converse(ForgedFlow flow)
    {
        switch (_options.Profile)
        {
            case LoadProfile.HandshakeStorm:
                return _random.Chance(0.5) ? Exchange(flow, ApplicationData([RequestSizes[0]]), ApplicationData(AnswerSizes[0])) : [];
            case LoadProfile.Bulk:
                return Download(flow);
            default:
                return Browse(flow);
        }
    }

    private IEnumerable<List<byte[]>> Download(ForgedFlow flow)
    {
        int rounds = _random.Choose<int>([2, 6, 20, 60, 120]);
        for (int round = 0; round < rounds && !_stopping; round++)
        {
            foreach (List<byte[]> burst in Send(flow, true, ApplicationData([140])))
            {
                yield return burst;
            }

            for (int part = 0; part < 8 && !_stopping; part++)
            {
                foreach (List<byte[]> burst in Send(flow, false, _longTransfer))
                {
                    yield return burst;
                }
            }
        }
    }

    private IEnumerable<List<byte[]>> Browse(ForgedFlow flow)
    {
        int rounds = _random.Choose<int>([1, 2, 3, 5, 8]);
        for (int round = 0; round < rounds && !_stopping; round++)
        {
            foreach (List<byte[]> burst in Exchange(flow, ApplicationData([_random.Choose(RequestSizes)]), ApplicationData(_random.Choose(AnswerSizes))))
            {
                yield return burst;
            }
        }

        if (!_random.Chance(_options.LongTransfers))
        {
            yield break;
        }

        bool upload = _random.Chance(0.15);
        int rest = (int)(_longTransfer.Length * _random.NextDouble() * _random.Choose<double>([0.3, 1, 1, 3]));
        for (; rest > 0 && !_stopping; rest -= _longTransfer.Length)
        {
            foreach (List<byte[]> burst in Send(flow, upload, _longTransfer.AsMemory(0, Math.Min(rest, _longTransfer.Length))))
            {
                yield return burst;
            }
        }
    }

    private IEnumerable<List<byte[]>> Http()
    {
        ForgedServer server = _random.Choose(_servers);
        ForgedFlow flow = NewFlow(server, _random.Choose<int>([80, 80, 80, 8080]));
        yield return Open(flow);
        int requests = _random.Choose<int>([1, 2, 4]);
        for (int i = 0; i < requests; i++)
        {
            string request = $"GET /{_random.Next(int.MaxValue)}/index.html HTTP/1.1\r\nHost: {server.Domain}\r\nUser-Agent: load/1.0\r\nAccept: */*\r\n\r\n";
            int length = _random.Choose<int>([200, 3_000, 20_000, 150_000]);
            string page = $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n" + new string('a', length);
            foreach (List<byte[]> burst in Exchange(flow, Encoding.ASCII.GetBytes(request), Encoding.ASCII.GetBytes(page)))
            {
                yield return burst;
            }
        }

        yield return Close(flow, reset: false);
    }

    private IEnumerable<List<byte[]>> FileTransfer()
    {
        ForgedFlow flow = NewFlow(_random.Choose(_servers), _random.Choose<int>([445, 22, 5432, 3306, 2049]));
        yield return Open(flow);
        foreach (List<byte[]> burst in Send(flow, _random.Chance(0.3), _pool.AsMemory(0, _random.Next(300_000))))
        {
            yield return burst;
        }

        yield return Close(flow, reset: false);
    }

    private IEnumerable<List<byte[]>> Quic()
    {
        (UInt128 address, ushort port) = NextClient(isIPv6: false);
        uint server = _random.Choose(_servers).Address4;
        int bursts = _random.Choose<int>([2, 6, 12]);
        for (int i = 0; i < bursts; i++)
        {
            int packets = _random.Choose<int>([2, 5, 8]);
            List<byte[]> burst = [Datagram((uint)address, port, server, 443, QuicShortHeader(80))];
            burst.AddRange(Enumerable.Range(0, packets).Select(_ => Datagram(server, 443, (uint)address, port, QuicShortHeader(1250))));
            yield return burst;
        }
    }

    private byte[] QuicShortHeader(int length)
    {
        byte[] packet = _pool.AsSpan(_random.Next(PoolBytes - length), length).ToArray();
        packet[0] = 0x40;
        return packet;
    }

    private IEnumerable<List<byte[]>> Dns()
    {
        (UInt128 address, ushort port) = NextClient(isIPv6: false);
        byte[] question = [.. _random.Bytes(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. _random.Bytes(30)];
        yield return [Datagram((uint)address, port, 0x0A00FE35, 53, question)];
        yield return [Datagram(0x0A00FE35, 53, (uint)address, port, [.. question, .. _random.Bytes(16)])];
    }

    private IEnumerable<List<byte[]>> Scan()
    {
        Statistics.UnansweredSyns++;
        yield return [NewFlow(_random.Choose(_servers), 443).Frame(true, [], ForgedFlow.Syn)];
    }

    /// <summary>Opened, ClientHello sent, then silence.</summary>
    private IEnumerable<List<byte[]>> HeldHello()
    {
        SessionKind kind = _random.Choose<SessionKind>([SessionKind.Tls13, SessionKind.Tls13PostQuantum, SessionKind.Tls12, SessionKind.Tls12Ticket]);
        HandshakeScript script = _random.Choose(_scripts[kind]);
        ForgedFlow flow = NewFlow(script.Server, script.Server.Port);
        Statistics.TlsSessions++;
        byte[] fresh = _random.Bytes(100);
        yield return Open(flow);
        foreach (List<byte[]> burst in Send(flow, true, Personalise(script, script.Flights[0], fresh)))
        {
            yield return burst;
        }
    }

    private ForgedFlow NewFlow(ForgedServer server, int port)
    {
        bool isIPv6 = _random.Chance(0.12);
        ushort vlan = _random.Chance(0.12) ? (ushort)(100 + _random.Next(4)) : (ushort)0;
        int segment = (_options.Profile == LoadProfile.Bulk ? 8948 : 1448) - (isIPv6 ? 20 : 0);
        Statistics.TcpFlows++;
        return new ForgedFlow(_random, NextClient(isIPv6), (isIPv6 ? server.Address6 : server.Address4, (ushort)port), isIPv6, vlan, segment);
    }

    /// <summary>Every pair of client address and port is used once in 64,000 times the clients.</summary>
    private (UInt128 Address, ushort Port) NextClient(bool isIPv6)
    {
        _clients++;
        int index = _clients % _options.Clients;
        ushort port = (ushort)(1025 + (_clients / _options.Clients % 64_000));
        return isIPv6
            ? (new UInt128(0x2001_0db8_000c_0000, (ulong)index + 1), port)
            : ((10u << 24) + (uint)(index / 250 << 8) + (uint)(index % 250) + 1, port);
    }

    private static List<byte[]> Open(ForgedFlow flow) =>
    [
        flow.Frame(true, [], ForgedFlow.Syn), flow.Frame(false, [], ForgedFlow.Syn | ForgedFlow.Ack), flow.Frame(true, [], ForgedFlow.Ack),
    ];

    private static List<byte[]> Close(ForgedFlow flow, bool reset) => reset
        ? [flow.Frame(true, [], ForgedFlow.Rst | ForgedFlow.Ack)]
        : [flow.Frame(true, [], ForgedFlow.Fin | ForgedFlow.Ack), flow.Frame(false, [], ForgedFlow.Fin | ForgedFlow.Ack), flow.Frame(true, [], ForgedFlow.Ack)];

    private IEnumerable<List<byte[]>> Exchange(ForgedFlow flow, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> answer) =>
        Send(flow, true, request).Concat(Send(flow, false, answer));

    /// <summary>Data segments one way, with an ACK back for every second one.</summary>
    private IEnumerable<List<byte[]>> Send(ForgedFlow flow, bool fromClient, ReadOnlyMemory<byte> bytes)
    {
        var burst = new List<byte[]>();
        int sent = 0;
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, flow.SegmentSize);
            bool last = length == bytes.Length;
            burst.Add(flow.Frame(fromClient, bytes[..length].Span, last ? (byte)(ForgedFlow.Psh | ForgedFlow.Ack) : ForgedFlow.Ack));
            bytes = bytes[length..];
            if (++sent % 2 == 0)
            {
                burst.Add(flow.Frame(!fromClient, [], ForgedFlow.Ack));
            }

            if (burst.Count >= BurstFrames)
            {
                yield return Disturb(burst);
                burst = [];
            }
        }

        if (sent % 2 == 1)
        {
            burst.Add(flow.Frame(!fromClient, [], ForgedFlow.Ack));
        }

        yield return Disturb(burst);
    }

    /// <summary>Sometimes moves one frame back or repeats it.</summary>
    private List<byte[]> Disturb(List<byte[]> burst)
    {
        if (_options.Disturbance == 0 || burst.Count == 0 || !_random.Chance(_options.Disturbance * burst.Count))
        {
            return burst;
        }

        int index = _random.Next(burst.Count);
        if (_random.Chance(0.5) && index + 1 < burst.Count)
        {
            Statistics.Reordered++;
            byte[] frame = burst[index];
            burst.RemoveAt(index);
            burst.Insert(Math.Min(burst.Count, index + 1 + _random.Next(4)), frame);
            return burst;
        }

        Statistics.Retransmitted++;
        burst.Add(burst[index]);
        return burst;
    }

    private byte[] ApplicationData(IEnumerable<int> sizes) =>
        [.. sizes.SelectMany(size => TlsRecords.Wrap(23, 0x0303, _pool.AsSpan(_random.Next(PoolBytes - size), size)))];

    private byte[] Datagram(uint source, int sourcePort, uint destination, int destinationPort, byte[] payload)
    {
        Statistics.UdpFrames++;
        byte[] frame = new byte[Math.Max(60, 42 + payload.Length)];
        Span<byte> bytes = frame;
        ReadOnlySpan<byte> ethernet = [2, 0, 1, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
        ethernet.CopyTo(bytes);
        bytes[14] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[16..], (ushort)(28 + payload.Length));
        (bytes[20], bytes[22], bytes[23]) = (0x40, 64, 17);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[26..], source);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[30..], destination);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[24..], ForgedFlow.InternetChecksum(bytes[14..34]));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[34..], (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[36..], (ushort)destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[38..], (ushort)(8 + payload.Length));
        payload.CopyTo(bytes[42..]);
        return frame;
    }
}
