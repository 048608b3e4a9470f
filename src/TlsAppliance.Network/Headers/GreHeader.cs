using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// GRE (RFC 2784 §2, RFC 2890 §2, RFC 1701): flags and version (2), protocol (2), then checksum (4), key (4), sequence number (4), routing
/// as the flags say. Version 1 is PPTP's (RFC 2637 §4.1), with PPP inside.
/// </summary>
internal static class GreHeader
{
    private const int Length = 4;
    private const int WordLength = 4;
    private const int Checksum = 0x8000;
    private const int Routing = 0x4000;
    private const int Key = 0x2000;
    private const int Sequence = 0x1000;
    private const int Acknowledgment = 0x0080;
    private const int VersionMask = 0x0007;
    private const int CallIdMask = 0xFFFF;

    private const int Wccp = 0x883E;
    private const int Erspan = 0x88BE;
    private const int Erspan3 = 0x22EB;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int flags = walk.UInt16(0);
        return (flags & VersionMask) switch
        {
            0 => ReadVersion0(ref walk, flags),
            1 => ReadVersion1(ref walk, flags),
            _ => walk.Stop(DecodeStatus.MalformedTunnel),
        };
    }

    private static Layer ReadVersion0(ref FrameWalk walk, int flags)
    {
        int keyOffset = Length + ((flags & (Checksum | Routing)) != 0 ? WordLength : 0);
        int length = keyOffset + ((flags & Key) != 0 ? WordLength : 0) + ((flags & Sequence) != 0 ? WordLength : 0);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int protocol = walk.UInt16(2);
        uint key = (flags & Key) != 0 ? walk.UInt32(keyOffset) : 0;
        walk.Skip(length);
        if ((flags & Routing) != 0 && !TrySkipRouting(ref walk))
        {
            return walk.Stop(DecodeStatus.MalformedTunnel);
        }

        walk.EnterTunnel(CarrierKind.Gre, key);
        return Next(ref walk, protocol, hasSequence: (flags & Sequence) != 0);
    }

    /// <summary>Source route entries (RFC 1701): address family (2), offset (1), length (1), address; an empty one ends the list.</summary>
    private static bool TrySkipRouting(ref FrameWalk walk)
    {
        while (walk.Rest.Length >= WordLength)
        {
            int length = walk.Rest[3];
            walk.Skip(WordLength);
            if (length == 0)
            {
                return true;
            }

            if (length > walk.Rest.Length)
            {
                return false;
            }

            walk.Skip(length);
        }

        return false;
    }

    private static Layer Next(ref FrameWalk walk, int protocol, bool hasSequence) => protocol switch
    {
        Erspan => hasSequence ? Layer.Erspan2 : Layer.Erspan1,
        Erspan3 => Layer.Erspan3,
        Wccp => ReadWccp(ref walk),
        < EtherType.Minimum => walk.Stop(DecodeStatus.TunnelControl),
        _ => EtherType.Next(ref walk, protocol),
    };

    /// <summary>Web cache redirection: version 2 puts a header of 4 bytes before the IP header.</summary>
    private static Layer ReadWccp(ref FrameWalk walk)
    {
        if (walk.Rest.Length <= WordLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        if (walk.Rest[0] >> 4 != 4)
        {
            walk.Skip(WordLength);
        }

        return Layer.Ip;
    }

    private static Layer ReadVersion1(ref FrameWalk walk, int flags)
    {
        int length = Length + WordLength + ((flags & Sequence) != 0 ? WordLength : 0) + ((flags & Acknowledgment) != 0 ? WordLength : 0);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        if (walk.UInt16(2) != EtherType.Ppp)
        {
            return walk.Stop(DecodeStatus.MalformedTunnel);
        }

        int payloadLength = walk.UInt16(4);
        uint callId = walk.UInt32(4) & CallIdMask;
        if (payloadLength == 0)
        {
            return walk.Stop(DecodeStatus.TunnelControl);
        }

        walk.Skip(length);
        walk.Trim(payloadLength);
        walk.EnterTunnel(CarrierKind.Gre, callId);
        return Layer.Ppp;
    }
}
