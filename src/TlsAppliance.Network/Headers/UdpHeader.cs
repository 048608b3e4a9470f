using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// UDP (RFC 768): source and destination port (2 each), length (2), checksum (2). What it carries is told by the port and by its structure
/// together: a datagram that does not fit the tunnel of its port is plain UDP.
/// </summary>
internal static class UdpHeader
{
    private const int Length = 8;
    private const int LengthOffset = 4;

    private const int GtpuPort = 2152;
    private const int L2tpPort = 1701;
    private const int TeredoPort = 3544;
    private const int EspPort = 4500;
    private const int VxlanPort = 4789;
    private const int VxlanGpePort = 4790;
    private const int AyiyaPort = 5072;
    private const int CapwapPort = 5247;
    private const int GenevePort = 6081;

    /// <summary>VXLAN of Linux before the number was assigned, and of its overlays to this day.</summary>
    private const int VxlanLinuxPort = 8472;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedUdp);
        }

        int source = walk.UInt16(0);
        int destination = walk.UInt16(2);
        int length = walk.UInt16(LengthOffset);
        if (length is > 0 and < Length)
        {
            return walk.Stop(DecodeStatus.MalformedUdp);
        }

        if (length != 0)
        {
            walk.TrimToDeclared(length);
        }

        walk.Skip(Length);
        Layer tunnel = TunnelOf(walk.Rest, destination);
        if (tunnel == Layer.Done)
        {
            tunnel = TwoWayTunnelOf(walk.Rest, source);
        }

        return tunnel == Layer.Done ? walk.Stop(Classify(ref walk, source, destination)) : tunnel;
    }

    private static Layer TunnelOf(ReadOnlySpan<byte> payload, int port) => port switch
    {
        VxlanPort or VxlanLinuxPort when VxlanHeader.Fits(payload) => Layer.Vxlan,
        VxlanGpePort when VxlanHeader.FitsGeneric(payload) => Layer.VxlanGpe,
        GenevePort when GeneveHeader.Fits(payload) => Layer.Geneve,
        _ => TwoWayTunnelOf(payload, port),
    };

    /// <summary>Tunnels whose ends both send from the well-known port, or answer from it.</summary>
    private static Layer TwoWayTunnelOf(ReadOnlySpan<byte> payload, int port) => port switch
    {
        GtpuPort when GtpuHeader.Fits(payload) => Layer.Gtpu,
        L2tpPort when L2tpHeader.Fits(payload) => Layer.L2tp,
        TeredoPort when TeredoHeader.Fits(payload) => Layer.Teredo,
        CapwapPort when CapwapHeader.Fits(payload) => Layer.Capwap,
        AyiyaPort when AyiyaHeader.Fits(payload) => Layer.Ayiya,
        _ => Layer.Done,
    };

    private static DecodeStatus Classify(ref FrameWalk walk, int source, int destination)
    {
        ReadOnlySpan<byte> payload = walk.Rest;
        if (QuicHeader.IsLongHeader(payload))
        {
            return QuicHeader.IsInitial(payload) ? DecodeStatus.QuicInitial : DecodeStatus.QuicOther;
        }

        if (DtlsHeader.Fits(payload, walk.Missing))
        {
            return DecodeStatus.Dtls;
        }

        // Key exchange on this port begins with four zero bytes (RFC 3948 §2.2); anything longer than a keep-alive is ESP.
        bool isEsp = (source == EspPort || destination == EspPort) && payload.Length >= 8 && walk.UInt32(0) != 0;
        return isEsp ? DecodeStatus.Esp : DecodeStatus.UdpOther;
    }
}
