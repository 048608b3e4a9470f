using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Prism monitor header (message code, length 4 each, in the host's byte order) and its successor AVS (magic, length, network order).
/// </summary>
internal static class PrismHeader
{
    private const int MinimumLength = 8;
    private const uint AvsMagicMask = 0xFFFF_F000;
    private const uint AvsMagic = 0x8021_1000;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        bool isAvs = (walk.UInt32(0) & AvsMagicMask) == AvsMagic;
        uint length = isAvs || walk.UInt32LittleEndian(4) > ushort.MaxValue ? walk.UInt32(4) : walk.UInt32LittleEndian(4);
        if (length is < MinimumLength or > ushort.MaxValue)
        {
            return walk.Stop(DecodeStatus.MalformedLink);
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        walk.Skip((int)length);
        return Layer.Ieee80211;
    }
}
