namespace TlsAppliance.Testing.Frames;

/// <summary>Tunnels over IP; those over UDP bring their UDP header along.</summary>
public sealed partial class FrameBuilder
{
    public FrameBuilder Gre(uint? key = null, bool checksum = false, uint? sequence = null) =>
        Add((content, next) => Join(GreHeader(next.EtherType, key, checksum, sequence), content), ipProtocol: 47);

    /// <summary>GRE of RFC 1701 with one source route entry and the empty one.</summary>
    public FrameBuilder GreWithRouting() =>
        Add((content, next) => Join(
            [0x40, 0], UInt16(next.EtherType), [0, 0, 0, 0], [0x08, 0, 0, 4], [192, 0, 2, 9], [0, 0, 0, 0], content),
            ipProtocol: 47);

    /// <summary>GRE version 1 with sequence and acknowledgment numbers.</summary>
    public FrameBuilder Pptp(ushort callId) =>
        Add((content, _) => Join(
            [0x30, 0x81, 0x88, 0x0B], UInt16(content.Length), UInt16(callId), UInt32(1), UInt32(2), content), ipProtocol: 47);

    public FrameBuilder Erspan1() => Add((content, _) => Join([0, 0, 0x88, 0xBE], content), ipProtocol: 47);

    public FrameBuilder Erspan2(ushort session, uint sequence = 1) =>
        Add((content, _) => Join(
            [0x10, 0, 0x88, 0xBE], UInt32(sequence), [0x10, 0x05], UInt16(session), UInt32(0), content), ipProtocol: 47);

    public FrameBuilder Erspan3(ushort session, bool subheader = false, bool ipFrame = false) =>
        Add((content, _) => Join(
            [0x10, 0, 0x22, 0xEB], UInt32(1), [0x20, 0x05], UInt16(session), UInt32(0), UInt16(0),
            [ipFrame ? (byte)0x08 : (byte)0, subheader ? (byte)1 : (byte)0], subheader ? new byte[8] : [], content), ipProtocol: 47);

    public FrameBuilder Vxlan(uint identifier, int port = 4789) =>
        Udp(destinationPort: port).Add((content, _) => Join([0x08, 0, 0, 0], UInt32(identifier << 8), content));

    public FrameBuilder VxlanGpe(uint identifier) =>
        Udp(destinationPort: 4790).Add((content, next) => Join([0x0C, 0, 0, ServiceProtocol(next)], UInt32(identifier << 8), content));

    /// <summary>GENEVE with one option of 8 bytes.</summary>
    public FrameBuilder Geneve(uint identifier) =>
        Udp(destinationPort: 6081).Add((content, next) =>
            Join([0x02, 0], UInt16(next.EtherType), UInt32(identifier << 8), [1, 2, 3, 1, 9, 9, 9, 9], content));

    /// <summary>GTP-U user data, with two extension headers when asked for.</summary>
    public FrameBuilder Gtpu(uint endpoint, bool extension = false) =>
        Udp(2152, 2152).Add((content, _) =>
        {
            byte[] optional = extension ? [0, 1, 0, 0x85, 1, 0, 9, 0xC0, 1, 0, 7, 0] : [];
            return Join(
                [extension ? (byte)0x34 : (byte)0x30, 255], UInt16(optional.Length + content.Length), UInt32(endpoint), optional, content);
        });

    /// <summary>Teredo, with authentication and origin indication when asked for.</summary>
    public FrameBuilder Teredo(bool indications = false) =>
        Udp(49152, 3544).Header(indications ? [0, 1, 1, 2, 9, 8, 8, .. new byte[9], 0, 0, 1, 2, 3, 4, 5, 6] : []);

    /// <summary>L2TP version 2 data; follow with <see cref="Ppp"/> or <see cref="PppHdlc"/>.</summary>
    public FrameBuilder L2tp(ushort tunnel, ushort session, bool everything = false) =>
        Udp(1701, 1701).Add((content, _) => everything
            ? Join(
                [0x4A, 0x02], UInt16(content.Length + 16), UInt16(tunnel), UInt16(session), UInt32(0x0001_0002), UInt16(2), [0, 0], content)
            : Join([0, 0x02], UInt16(tunnel), UInt16(session), content));

    /// <summary>L2TP version 3 over UDP, with a cookie of the given length.</summary>
    public FrameBuilder L2tp3(uint session, int cookieLength) =>
        Udp(1701, 1701).Add((content, _) => Join([0, 3, 0, 0], UInt32(session), Cookie(cookieLength), content));

    /// <summary>L2TP version 3 over IP, with a cookie of the given length.</summary>
    public FrameBuilder L2tp3OverIp(uint session, int cookieLength) =>
        Add((content, _) => Join(UInt32(session), Cookie(cookieLength), content), ipProtocol: 115);

    /// <summary>CAPWAP data: 802.11 (follow with <see cref="Wlan"/>) or Ethernet.</summary>
    public FrameBuilder Capwap(bool native) => Udp(49152, 5247).Header([0, 0x10, native ? (byte)0x03 : (byte)0x02, 0, 0, 0, 0, 0]);

    public FrameBuilder Ayiya() =>
        Udp(49152, 5072).Add((content, next) =>
            Join([0x41, 0x52, 0x11, (byte)next.IpProtocol], UInt32(0x4000_0000), new byte[16], new byte[20], content));

    private static byte[] Cookie(int length)
    {
        byte[] cookie = new byte[length];
        Array.Fill(cookie, (byte)0xC0);
        return cookie;
    }

    private static byte[] GreHeader(int protocol, uint? key, bool checksum, uint? sequence)
    {
        int flags = (checksum ? 0x8000 : 0) | (key is null ? 0 : 0x2000) | (sequence is null ? 0 : 0x1000);
        return Join(
            UInt16(flags), UInt16(protocol), checksum ? [0, 0, 0, 0] : [],
            key is { } k ? UInt32(k) : [], sequence is { } s ? UInt32(s) : []);
    }
}
