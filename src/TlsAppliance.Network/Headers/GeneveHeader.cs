using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// GENEVE (RFC 8926 §3.4): version and length of options in words (1), flags (1), EtherType (2), network identifier (3), reserved (1),
/// options.
/// </summary>
internal static class GeneveHeader
{
    private const int Length = 8;
    private const int VersionMask = 0xC0;
    private const int OptionsMask = 0x3F;
    private const int ControlPacket = 0x80;
    private const int ReservedMask = 0x3F;

    public static bool Fits(ReadOnlySpan<byte> payload) =>
        payload.Length >= Length && (payload[0] & VersionMask) == 0 && (payload[1] & ReservedMask) == 0 && payload[7] == 0
        && HeaderLength(payload[0]) <= payload.Length
        && BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) >= EtherType.Minimum;

    public static Layer Read(ref FrameWalk walk)
    {
        if ((walk.Rest[1] & ControlPacket) != 0)
        {
            return walk.Stop(DecodeStatus.TunnelControl);
        }

        int etherType = walk.UInt16(2);
        walk.EnterTunnel(CarrierKind.Geneve, walk.UInt32(4) >> 8);
        walk.Skip(HeaderLength(walk.Rest[0]));
        return EtherType.Next(ref walk, etherType);
    }

    private static int HeaderLength(byte first) => Length + ((first & OptionsMask) * 4);
}
