using System.Buffers.Binary;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>Both directions of one TCP connection over Ethernet, VLAN and IPv4 or IPv6, with timestamps option and right checksums.</summary>
internal sealed class ForgedFlow
{
    public const byte Fin = 1;
    public const byte Syn = 2;
    public const byte Rst = 4;
    public const byte Psh = 8;
    public const byte Ack = 16;
    private const int MinimumFrame = 60;

    private readonly UInt128[] _addresses;
    private readonly ushort[] _ports;
    private readonly uint[] _sequence;
    private readonly uint[] _clock;
    private readonly bool _isIPv6;
    private readonly ushort _vlan;
    private readonly ushort _segmentSize;
    private ushort _identification;

    public ForgedFlow(DeterministicRandom random, (UInt128 Address, ushort Port) client, (UInt128 Address, ushort Port) server, bool isIPv6, ushort vlan, int segmentSize)
    {
        _addresses = [client.Address, server.Address];
        _ports = [client.Port, server.Port];
        _sequence = [(uint)random.NextUInt64(), (uint)random.NextUInt64()];
        _clock = [(uint)random.Next(int.MaxValue), (uint)random.Next(int.MaxValue)];
        (_isIPv6, _vlan, _segmentSize) = (isIPv6, vlan, (ushort)segmentSize);
        _identification = (ushort)random.Next(ushort.MaxValue);
    }

    public int SegmentSize => _segmentSize;

    public UInt128 ClientAddress => _addresses[0];

    public UInt128 ServerAddress => _addresses[1];

    public ushort ClientPort => _ports[0];

    public ushort ServerPort => _ports[1];

    public bool IsIPv6 => _isIPv6;

    /// <summary>The next frame of one side; moves its sequence number.</summary>
    public byte[] Frame(bool fromClient, ReadOnlySpan<byte> payload, byte flags)
    {
        int from = fromClient ? 0 : 1, to = 1 - from;
        bool syn = (flags & Syn) != 0;
        int tcpHeader = syn ? 40 : 32;
        int ipHeader = _isIPv6 ? 40 : 20;
        int ethernet = _vlan == 0 ? 14 : 18;
        byte[] frame = new byte[Math.Max(MinimumFrame, ethernet + ipHeader + tcpHeader + payload.Length)];
        WriteEthernet(frame, fromClient);
        Span<byte> ip = frame.AsSpan(ethernet, ipHeader);
        Span<byte> tcp = frame.AsSpan(ethernet + ipHeader, tcpHeader + payload.Length);
        WriteIp(ip, from, to, tcp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, _ports[from]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], _ports[to]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], _sequence[from]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], (flags & Ack) != 0 ? _sequence[to] : 0);
        tcp[12] = (byte)(tcpHeader / 4 << 4);
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], syn ? (ushort)64240 : (ushort)501);
        WriteOptions(tcp[20..tcpHeader], syn, _clock[from] += 1, (flags & Ack) != 0 ? _clock[to] : 0);
        payload.CopyTo(tcp[tcpHeader..]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], TcpChecksum(from, to, tcp));
        _sequence[from] += (uint)(payload.Length + ((flags & (Syn | Fin)) != 0 ? 1 : 0));
        return frame;
    }

    private void WriteEthernet(Span<byte> frame, bool fromClient)
    {
        Span<byte> client = [2, 0, 0, (byte)((ulong)_addresses[0] >> 16), (byte)((ulong)_addresses[0] >> 8), (byte)(ulong)_addresses[0]];
        ReadOnlySpan<byte> gateway = [2, 0, 1, 0, 0, 1];
        (fromClient ? gateway : client).CopyTo(frame);
        (fromClient ? client : gateway).CopyTo(frame[6..]);
        ushort etherType = _isIPv6 ? (ushort)0x86DD : (ushort)0x0800;
        if (_vlan != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x8100);
            BinaryPrimitives.WriteUInt16BigEndian(frame[14..], _vlan);
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[(_vlan == 0 ? 12 : 16)..], etherType);
    }

    private void WriteIp(Span<byte> ip, int from, int to, int payload)
    {
        if (_isIPv6)
        {
            ip[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
            (ip[6], ip[7]) = (6, 58);
            BinaryPrimitives.WriteUInt128BigEndian(ip[8..], _addresses[from]);
            BinaryPrimitives.WriteUInt128BigEndian(ip[24..], _addresses[to]);
            return;
        }

        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + payload));
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], ++_identification);
        (ip[6], ip[8], ip[9]) = (0x40, 58, 6);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], (uint)_addresses[from]);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], (uint)_addresses[to]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum(ip));
    }

    private void WriteOptions(Span<byte> options, bool syn, uint clock, uint echo)
    {
        ReadOnlySpan<byte> head = syn ? [2, 4, (byte)(_segmentSize >> 8), (byte)_segmentSize, 4, 2, 8, 10] : [1, 1, 8, 10];
        head.CopyTo(options);
        BinaryPrimitives.WriteUInt32BigEndian(options[head.Length..], clock);
        BinaryPrimitives.WriteUInt32BigEndian(options[(head.Length + 4)..], echo);
        if (syn)
        {
            ReadOnlySpan<byte> windowScale = [1, 3, 3, 7];
            windowScale.CopyTo(options[(head.Length + 8)..]);
        }
    }

    /// <summary>RFC 1071.</summary>
    public static ushort InternetChecksum(ReadOnlySpan<byte> bytes) => Fold(Sum(bytes));

    private ushort TcpChecksum(int from, int to, ReadOnlySpan<byte> tcp)
    {
        Span<byte> addresses = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128BigEndian(addresses, _addresses[from]);
        BinaryPrimitives.WriteUInt128BigEndian(addresses[16..], _addresses[to]);
        return Fold(Sum(addresses) + Sum(tcp) + (ulong)tcp.Length + 6);
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            sum += (ulong)bytes[i] << (24 - (8 * i));
        }

        return (sum >> 16) + (sum & 0xFFFF);
    }

    private static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum >> 16) + (sum & 0xFFFF);
        }

        return (ushort)~sum;
    }
}
