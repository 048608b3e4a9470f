using System.Buffers.Binary;
using System.Net;
using TlsAppliance.Network.Headers;

namespace TlsAppliance.Testing.Frames;

/// <summary>
/// Builds frames from the outermost header inwards, with right lengths, numbers and checksums:
/// <c>new FrameBuilder().Ethernet().Vlan(7).Ipv4().Tcp().Payload(bytes).Build()</c>. Tunnels over UDP and GRE bring those headers along.
/// What is damaged on purpose is damaged in the bytes afterwards.
/// </summary>
public sealed partial class FrameBuilder
{
    private readonly List<FrameLayer> _layers = [];
    private byte[] _payload = [];
    private byte[] _source = [];
    private byte[] _destination = [];
    private int _lastIp = -1;

    /// <summary>The part that the layer <see cref="_lastIp"/> is to write, while fragments are built.</summary>
    private (int Offset, bool More, uint Identification, int Protocol)? _part;

    /// <summary>The plainest frame there is: Ethernet, IPv4, TCP.</summary>
    public static byte[] TcpSegment(
        string source, int sourcePort, string destination, int destinationPort, uint sequence, uint acknowledgment, TcpFlags flags,
        ReadOnlySpan<byte> payload, ushort? vlan = null)
    {
        FrameBuilder builder = new FrameBuilder().Ethernet();
        if (vlan is { } id)
        {
            builder.Vlan(id);
        }

        return builder.Ip(source, destination).Tcp(sourcePort, destinationPort, sequence, acknowledgment, flags).Payload(payload).Build();
    }

    public FrameBuilder Payload(ReadOnlySpan<byte> payload)
    {
        _payload = payload.ToArray();
        return this;
    }

    public byte[] Build() => Wrap(_layers.Count, _payload);

    /// <summary>
    /// The same frame as fragments of its innermost IP datagram, each with at most <paramref name="size"/> bytes (a multiple of 8) of
    /// payload.
    /// </summary>
    public IReadOnlyList<byte[]> BuildFragments(int size, uint identification = 0x1234)
    {
        byte[] datagram = Wrap(_layers.Count, _payload, _lastIp + 1);
        int protocol = NextOf(_lastIp + 1).IpProtocol;
        List<byte[]> fragments = [];
        for (int offset = 0; offset < datagram.Length; offset += size)
        {
            int end = Math.Min(offset + size, datagram.Length);
            _part = (offset, end < datagram.Length, identification, protocol);
            fragments.Add(Wrap(_lastIp + 1, datagram[offset..end]));
        }

        _part = null;
        return fragments;
    }

    private byte[] Wrap(int to, byte[] content, int from = 0)
    {
        for (int index = to - 1; index >= from; index--)
        {
            content = _layers[index].Wrap(content, NextOf(index + 1));
        }

        return content;
    }

    private FrameLayer NextOf(int index) => index < _layers.Count ? _layers[index] : FrameLayer.Nothing;

    private FrameBuilder Add(FrameLayer layer)
    {
        _layers.Add(layer);
        return this;
    }

    private FrameBuilder Add(Func<byte[], FrameLayer, byte[]> wrap, int etherType = -1, int ipProtocol = -1, int pppProtocol = -1) =>
        Add(new FrameLayer(etherType, ipProtocol, pppProtocol, wrap));

    /// <summary>Any header of the caller's own.</summary>
    public FrameBuilder Header(byte[] bytes, int etherType = -1, int ipProtocol = -1, int pppProtocol = -1) =>
        Add((content, _) => Join(bytes, content), etherType, ipProtocol, pppProtocol);

    // Internet and transport.

    /// <summary>IPv4 or IPv6, as the addresses are.</summary>
    public FrameBuilder Ip(string source, string destination) =>
        source.Contains(':') ? Ipv6(source, destination) : Ipv4(source, destination);

    public FrameBuilder Ipv4(string source = "192.0.2.1", string destination = "198.51.100.2", byte[]? options = null)
    {
        (_source, _destination) = (IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes());
        (byte[] from, byte[] to) = (_source, _destination);
        options ??= [];
        int layer = _layers.Count;
        _lastIp = layer;
        return Add((content, next) =>
        {
            (int Offset, bool More, uint Identification, int Protocol)? part = layer == _lastIp ? _part : null;
            int fragment = part is { } p ? (p.More ? 0x2000 : 0) | p.Offset / 8 : 0;
            int identification = part is { } named ? (int)named.Identification : 0;
            int headerLength = 20 + options.Length;
            byte[] header = Join(
                [(byte)(0x40 | headerLength / 4), 0], UInt16(headerLength + content.Length), UInt16(identification), UInt16(fragment),
                [64, (byte)(part?.Protocol ?? next.IpProtocol), 0, 0], from, to, options);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
            return Join(header, content);
        }, etherType: 0x0800, ipProtocol: 4, pppProtocol: 0x21);
    }

    public FrameBuilder Ipv6(string source = "2001:db8::1", string destination = "2001:db8:ffff::2")
    {
        (_source, _destination) = (IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes());
        (byte[] from, byte[] to) = (_source, _destination);
        int layer = _layers.Count;
        _lastIp = layer;
        return Add((content, next) =>
        {
            int protocol = next.IpProtocol;
            if (layer == _lastIp && _part is { } part)
            {
                content = Join([(byte)part.Protocol, 0], UInt16(part.Offset | (part.More ? 1 : 0)), UInt32(part.Identification), content);
                protocol = 44;
            }

            return Join([0x60, 0, 0, 0], UInt16(content.Length), [(byte)protocol, 64], from, to, content);
        }, etherType: 0x86DD, ipProtocol: 41, pppProtocol: 0x57);
    }

    /// <summary>
    /// An IPv6 extension header of <paramref name="units"/> times 8 bytes: 0 hop-by-hop, 43 routing, 60 destination options …
    /// </summary>
    public FrameBuilder Ipv6Extension(byte number, int units = 1) =>
        Add((content, next) => Join([(byte)next.IpProtocol, (byte)(units - 1)], new byte[(units * 8) - 2], content), ipProtocol: number);

    /// <summary>An IPv6 fragment header on a datagram that is not cut (RFC 6946).</summary>
    public FrameBuilder AtomicFragment(uint identification = 7) =>
        Add((content, next) => Join([(byte)next.IpProtocol, 0, 0, 0], UInt32(identification), content), ipProtocol: 44);

    public FrameBuilder Authentication() =>
        Add((content, next) => Join([(byte)next.IpProtocol, 4, 0, 0], UInt32(1), UInt32(2), new byte[12], content), ipProtocol: 51);

    public FrameBuilder Tcp(
        int sourcePort = 49152, int destinationPort = 443, uint sequence = 1000, uint acknowledgment = 2000,
        TcpFlags flags = TcpFlags.Ack | TcpFlags.Psh, ushort window = 64240, byte[]? options = null)
    {
        (byte[] from, byte[] to) = (_source, _destination);
        options ??= [];
        return Add((content, _) =>
        {
            byte[] segment = Join(
                UInt16(sourcePort), UInt16(destinationPort), UInt32(sequence), UInt32(acknowledgment),
                [(byte)((5 + (options.Length / 4)) << 4), (byte)flags], UInt16(window), [0, 0, 0, 0], options, content);
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum(PseudoHeader(from, to, 6, segment.Length), segment));
            return segment;
        }, ipProtocol: 6);
    }

    public FrameBuilder Udp(int sourcePort = 49152, int destinationPort = 53)
    {
        (byte[] from, byte[] to) = (_source, _destination);
        return Add((content, _) =>
        {
            byte[] datagram = Join(UInt16(sourcePort), UInt16(destinationPort), UInt16(8 + content.Length), [0, 0], content);
            ushort checksum = Checksum(PseudoHeader(from, to, 17, datagram.Length), datagram);
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), checksum == 0 ? ushort.MaxValue : checksum);
            return datagram;
        }, ipProtocol: 17);
    }

    private static byte[] PseudoHeader(byte[] source, byte[] destination, byte protocol, int length) =>
        Join(source, destination, UInt32((uint)length), [0, 0, 0, protocol]);

    /// <summary>The Internet checksum (RFC 1071).</summary>
    private static ushort Checksum(params byte[][] parts)
    {
        uint sum = 0;
        foreach (byte[] part in parts)
        {
            for (int at = 0; at < part.Length; at += 2)
            {
                sum += (uint)(part[at] << 8 | (at + 1 < part.Length ? part[at + 1] : 0));
            }
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] UInt16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] UInt32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
