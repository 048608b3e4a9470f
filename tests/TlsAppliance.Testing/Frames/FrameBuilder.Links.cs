namespace TlsAppliance.Testing.Frames;

/// <summary>Link types and what stands between them and IP.</summary>
public sealed partial class FrameBuilder
{
    private static readonly byte[] DestinationStation = [0x02, 0, 0, 0, 0, 0x02];
    private static readonly byte[] SourceStation = [0x02, 0, 0, 0, 0, 0x01];

    public FrameBuilder Ethernet() =>
        Add((content, next) => Join(DestinationStation, SourceStation, UInt16(next.EtherType), content), etherType: 0x6558);

    /// <summary>Ethernet between stations whose addresses begin with the given byte.</summary>
    public FrameBuilder EthernetFrom(byte firstByte) =>
        Add((content, next) => Join(
            [firstByte, 1, 2, 3, 4, 5], [firstByte, 1, 2, 3, 4, 6], UInt16(next.EtherType), content), etherType: 0x6558);

    /// <summary>IEEE 802.3 with a length, then LLC and SNAP.</summary>
    public FrameBuilder EthernetWithLength() =>
        Add((content, _) => Join(DestinationStation, SourceStation, UInt16(content.Length), content), etherType: 0x6558);

    public FrameBuilder Snap() =>
        Add((content, next) => Join([0xAA, 0xAA, 0x03, 0, 0, 0], UInt16(next.EtherType), content));

    /// <summary>IP directly over LLC (RFC 948).</summary>
    public FrameBuilder LlcIp() => Header([0x06, 0x06, 0x03]);

    public FrameBuilder Vlan(ushort id, int tagType = 0x8100) =>
        Add((content, next) => Join(UInt16(id), UInt16(next.EtherType), content), etherType: tagType);

    public FrameBuilder VnTag() => Add((content, next) => Join([0x80, 0x0A, 0, 0x01], UInt16(next.EtherType), content), etherType: 0x8926);

    public FrameBuilder CiscoMetadata() =>
        Add((content, next) => Join([1, 1, 0, 1, 0, 9], UInt16(next.EtherType), content), etherType: 0x8909);

    public FrameBuilder FabricPath() => Header([0x04, 0x5F], etherType: 0x8903);

    public FrameBuilder ProviderBackbone(uint service = 0x1234) => Header(UInt32(service), etherType: 0x88E7);

    /// <summary>Network Service Header with metadata type 1.</summary>
    public FrameBuilder ServiceHeader() =>
        Add((content, next) => Join(
            [0x0F, 0xC6, 0x01, ServiceProtocol(next)], UInt32(0x0000_2AFF), new byte[16], content), etherType: 0x894F);

    public FrameBuilder Mpls(uint label) =>
        Add((content, next) => Join(UInt32(label << 12 | (next.EtherType == 0x8847 ? 0u : 0x100u) | 64), content),
            etherType: 0x8847, ipProtocol: 137, pppProtocol: 0x281);

    /// <summary>Control word of an Ethernet pseudowire (RFC 4448).</summary>
    public FrameBuilder PseudowireControlWord() => Header([0, 0, 0, 0]);

    public FrameBuilder Pppoe(ushort session) =>
        Add((content, _) => Join([0x11, 0], UInt16(session), UInt16(content.Length), content), etherType: 0x8864);

    public FrameBuilder Ppp() => Add((content, next) => Join(UInt16(next.PppProtocol), content), etherType: 0x880B);

    /// <summary>PPP in HDLC-like framing.</summary>
    public FrameBuilder PppHdlc() => Add((content, next) => Join([0xFF, 0x03], UInt16(next.PppProtocol), content), etherType: 0x880B);

    /// <summary>PPP with the protocol in one byte.</summary>
    public FrameBuilder PppCompressedProtocol() => Add((content, next) => Join([(byte)next.PppProtocol], content), etherType: 0x880B);

    public FrameBuilder CiscoHdlc() => Add((content, next) => Join([0x0F, 0], UInt16(next.EtherType), content));

    /// <summary>BSD loopback with the family in either byte order.</summary>
    public FrameBuilder NullFamily(byte family, bool bigEndian = false) => Header(bigEndian ? [0, 0, 0, family] : [family, 0, 0, 0]);

    public FrameBuilder LinuxSll() =>
        Add((content, next) => Join(UInt16(0), UInt16(1), UInt16(6), SourceStation, UInt16(0), UInt16(next.EtherType), content));

    public FrameBuilder LinuxSll2() =>
        Add((content, next) => Join(UInt16(next.EtherType), UInt16(0), UInt32(2), UInt16(1), [0, 6], SourceStation, UInt16(0), content));

    public FrameBuilder Fddi() => Header([0x50, .. DestinationStation, .. SourceStation]);

    /// <summary>Netfilter log: a prefix attribute, then the packet.</summary>
    public FrameBuilder Nflog() =>
        Add((content, _) => Join([2, 0, 0, 0, 7, 0, 10, 0, (byte)'i', (byte)'n', 0, 0], LittleEndian(content.Length + 4), [9, 0], content));

    /// <summary>802.11 data: plain, or with QoS, between access points (four addresses), as the first packet of an aggregate.</summary>
    public FrameBuilder Wlan(bool qos = false, bool betweenAccessPoints = false, bool aggregate = false, bool swapped = false) =>
        Add((content, _) =>
        {
            byte kind = qos || aggregate ? (byte)0x88 : (byte)0x08;
            byte flags = betweenAccessPoints ? (byte)0x03 : (byte)0x01;
            byte[] control = swapped ? [flags, kind] : [kind, flags];
            byte[] fourth = betweenAccessPoints ? SourceStation : [];
            byte[] addresses = Join(DestinationStation, SourceStation, DestinationStation, [0x10, 0], fourth);
            byte[] qosControl = qos || aggregate ? [aggregate ? (byte)0x80 : (byte)0, 0] : [];
            byte[] subframe = aggregate ? Join(DestinationStation, SourceStation, UInt16(content.Length)) : [];
            return Join(control, [0, 0], addresses, qosControl, subframe, content);
        });

    /// <summary>Radiotap with a timer and flags; with a frame check sequence at the end when asked for.</summary>
    public FrameBuilder Radiotap(bool checkSequence = false) =>
        Add((content, _) => Join(
            [0, 0, 18, 0, 0x03, 0, 0, 0], new byte[8], [checkSequence ? (byte)0x10 : (byte)0, 0],
            content, checkSequence ? new byte[4] : []));

    public FrameBuilder Prism() => Add((content, _) => Join([0x44, 0, 0, 0, 144, 0, 0, 0], new byte[136], content));

    public FrameBuilder Avs() => Add((content, _) => Join(UInt32(0x8021_1001), UInt32(64), new byte[56], content));

    /// <summary>Per-packet information with an 802.11 field.</summary>
    public FrameBuilder Ppi(ushort linkType, bool checkSequence = false) =>
        Add((content, _) => Join(
            [0, 0, 32, 0], LittleEndian(linkType), [0, 0], [2, 0, 20, 0], new byte[8], [checkSequence ? (byte)1 : (byte)0, 0], new byte[10],
            content, checkSequence ? new byte[4] : []));

    private static byte ServiceProtocol(FrameLayer next) => next.EtherType switch
    {
        0x0800 => 1,
        0x86DD => 2,
        0x6558 => 3,
        0x894F => 4,
        0x8847 => 5,
        _ => 0,
    };

    private static byte[] LittleEndian(int value) => [(byte)value, (byte)(value >> 8)];
}
