using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// CAPWAP data (RFC 5415 §4.3): version and type (1), header length in words (5 bits), radio (5), binding (5), flags T F L W M K, fragment
/// (4 bytes), optional fields; then an 802.3 or, with T, an 802.11 frame.
/// </summary>
internal static class CapwapHeader
{
    private const int MinimumLength = 8;
    private const int Plain = 0x00;
    private const int OverDtls = 0x01;
    private const int LengthMask = 0x1F;

    private const uint NativeFrame = 0x100;
    private const uint Fragment = 0x080;
    private const uint KeepAlive = 0x008;

    public static bool Fits(ReadOnlySpan<byte> payload) =>
        payload.Length >= MinimumLength && payload[0] switch
        {
            Plain => HeaderLength(payload) is >= MinimumLength and int length && length <= payload.Length,
            OverDtls => true,
            _ => false,
        };

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest[0] == OverDtls)
        {
            return walk.Stop(DecodeStatus.TunnelEncrypted);
        }

        uint flags = walk.UInt32(0);
        if ((flags & (Fragment | KeepAlive)) != 0)
        {
            return walk.Stop((flags & KeepAlive) != 0 ? DecodeStatus.TunnelControl : DecodeStatus.TunnelFragment);
        }

        walk.Skip(HeaderLength(walk.Rest));
        walk.EnterTunnel(CarrierKind.Capwap, 0);
        if ((flags & NativeFrame) == 0)
        {
            return Layer.Ethernet;
        }

        return WlanHeader.IsSwapped(walk.Rest) ? Layer.Ieee80211Swapped : Layer.Ieee80211;
    }

    private static int HeaderLength(ReadOnlySpan<byte> payload) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(payload) >> 19 & LengthMask) * 4;
}
