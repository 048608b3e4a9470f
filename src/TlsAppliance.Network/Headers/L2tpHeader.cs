using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// L2TP data messages. Version 2 (RFC 2661 §3.1): flags and version (2), length (2, optional), tunnel and session id (2 each), sequence
/// numbers (4, optional), offset (2 and more, optional), PPP. Version 3 (RFC 3931 §4.1): session id (4), a cookie and a sublayer whose
/// lengths only the two ends know, then the payload.
/// </summary>
internal static class L2tpHeader
{
    private const int FlagsLength = 2;
    private const int Control = 0x8000;
    private const int LengthPresent = 0x4000;
    private const int SequencePresent = 0x0800;
    private const int OffsetPresent = 0x0200;
    private const int ReservedMask = 0x34F0;
    private const int VersionMask = 0x000F;

    private const int Version3Length = 8;
    private const int SessionIdLength = 4;

    /// <summary>A cookie of 8 bytes and a sublayer of 4.</summary>
    private const int MaximumHidden = 12;

    public static bool Fits(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < Version3Length)
        {
            return false;
        }

        int flags = BinaryPrimitives.ReadUInt16BigEndian(payload);
        return (flags & VersionMask) is 2 or 3 && (flags & ReservedMask) == 0;
    }

    public static Layer Read(ref FrameWalk walk)
    {
        int flags = walk.UInt16(0);
        if ((flags & Control) != 0)
        {
            return walk.Stop(DecodeStatus.TunnelControl);
        }

        if ((flags & VersionMask) == 2)
        {
            return ReadVersion2(ref walk, flags);
        }

        walk.Skip(Version3Length - SessionIdLength);
        return ReadSession(ref walk);
    }

    /// <summary>Version 3 directly over IP: session id 0 is the control connection (RFC 3931 §4.1.1).</summary>
    public static Layer ReadOverIp(ref FrameWalk walk)
    {
        if (walk.Rest.Length < SessionIdLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        return walk.UInt32(0) == 0 ? walk.Stop(DecodeStatus.TunnelControl) : ReadSession(ref walk);
    }

    private static Layer ReadVersion2(ref FrameWalk walk, int flags)
    {
        int idOffset = FlagsLength + ((flags & LengthPresent) != 0 ? 2 : 0);
        int length = idOffset + 4 + ((flags & SequencePresent) != 0 ? 4 : 0);
        int offsetAt = length;
        if ((flags & OffsetPresent) != 0)
        {
            length += 2;
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        length += (flags & OffsetPresent) != 0 ? walk.UInt16(offsetAt) : 0;
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.MalformedTunnel);
        }

        walk.EnterTunnel(CarrierKind.L2tp, walk.UInt32(idOffset));
        walk.Skip(length);
        return Layer.Ppp;
    }

    private static Layer ReadSession(ref FrameWalk walk)
    {
        uint session = walk.UInt32(0);
        walk.Skip(SessionIdLength);
        for (int hidden = 0; hidden <= MaximumHidden && hidden < walk.Rest.Length; hidden += 4)
        {
            Layer inner = PayloadAt(walk.Rest[hidden..]);
            if (inner != Layer.Done)
            {
                walk.Skip(hidden);
                walk.EnterTunnel(CarrierKind.L2tp, session);
                return inner;
            }
        }

        return walk.Stop(DecodeStatus.MalformedTunnel);
    }

    private static Layer PayloadAt(ReadOnlySpan<byte> bytes)
    {
        if (UnmarkedPayload.LooksLikeEthernet(bytes))
        {
            return Layer.Ethernet;
        }

        return bytes.Length > 4 && bytes[0] == 0xFF && bytes[1] == 0x03 ? Layer.Ppp : Layer.Done;
    }
}
