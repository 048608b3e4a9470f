using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>FDDI: frame control (1), destination (6), source (6); data frames go on with LLC.</summary>
internal static class FddiHeader
{
    private const int Length = 13;
    private const int FormatMask = 0xF0;
    private const int LlcFormat = 0x50;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        if ((walk.Rest[0] & FormatMask) != LlcFormat)
        {
            return walk.Stop(DecodeStatus.LlcOther);
        }

        walk.Skip(Length);
        return Layer.Llc;
    }
}
