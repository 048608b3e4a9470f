using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Benchmarks.Samples;

/// <summary>Frames of the kinds that a tap delivers.</summary>
internal static class SampleFrames
{
    /// <summary>Length of <see cref="Plain"/> and of <see cref="Tunnelled"/>.</summary>
    public const int Count = 8;

    /// <summary>Frames of each of <see cref="Sessions"/>.</summary>
    public const int FramesPerSession = 13;

    private const int FullSegment = 1400;

    /// <summary>Ethernet with at most one VLAN tag, IPv4 and IPv6, empty and full segments.</summary>
    public static byte[][] Plain =>
    [
        new FrameBuilder().Ethernet().Ipv4().Tcp().Build(),
        new FrameBuilder().Ethernet().Ipv4().Tcp().Payload(new byte[FullSegment]).Build(),
        new FrameBuilder().Ethernet().Ipv4("10.1.2.3", "10.4.5.6").Tcp(options: new byte[12]).Payload(new byte[FullSegment]).Build(),
        new FrameBuilder().Ethernet().Ipv4("10.1.2.3", "10.4.5.6").Tcp(options: new byte[12]).Build(),
        new FrameBuilder().Ethernet().Vlan(7).Ipv4().Tcp().Payload(new byte[FullSegment]).Build(),
        new FrameBuilder().Ethernet().Vlan(7).Ipv4().Tcp().Build(),
        new FrameBuilder().Ethernet().Ipv6().Tcp().Payload(new byte[FullSegment]).Build(),
        new FrameBuilder().Ethernet().Ipv6().Tcp().Build(),
    ];

    /// <summary>Two IP headers and what lies between them.</summary>
    public static byte[][] Tunnelled =>
    [
        Inner(new FrameBuilder().Ethernet().Ipv4().Vxlan(5000).Ethernet()),
        Inner(new FrameBuilder().Ethernet().Ipv6().Vxlan(5001).Ethernet().Vlan(9)),
        Inner(new FrameBuilder().Ethernet().Ipv4().Geneve(77).Ethernet()),
        Inner(new FrameBuilder().Ethernet().Ipv4().Gre(key: 3)),
        Inner(new FrameBuilder().Ethernet().Ipv4().Gtpu(0x1234_5678)),
        Inner(new FrameBuilder().Ethernet().Mpls(100).Mpls(200)),
        Inner(new FrameBuilder().Ethernet().Vlan(100, 0x88A8).Vlan(7)),
        Inner(new FrameBuilder().Ethernet().Ipv4()),
    ];

    private static byte[] Inner(FrameBuilder carrier) => carrier.Ipv4("10.0.0.1", "10.0.0.2").Tcp().Payload(new byte[FullSegment]).Build();

    /// <summary>Keys of different connections.</summary>
    public static FlowKey[] Keys(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number =>
            FlowKey.Create(Mapped(0x0A00_0000u + (uint)number), (ushort)(32768 + number % 28000), Mapped(0xC633_6401), 443, 4, 6, out _)),
    ];

    private static UInt128 Mapped(uint address) => (UInt128)0xFFFF << 32 | address;

    /// <summary>One session after the other, each from its own port.</summary>
    public static RecordedFrame[] Sessions(int count) =>
    [
        .. Enumerable.Range(0, count).SelectMany(number => new TcpConversation(clientPort: (ushort)(10_000 + number))
            .Open()
            .Send(true, SampleSession.ClientHello(number)).Send(false, SampleSession.Tls12ServerFlight)
            .Send(true, SampleSession.Tls12ClientFlight).Send(false, SampleSession.Finished)
            .Send(true, SampleSession.Data).Send(false, SampleSession.Data)
            .Close()
            .Build(TcpConversation.Start + number * 100_000L)),
    ];
}
