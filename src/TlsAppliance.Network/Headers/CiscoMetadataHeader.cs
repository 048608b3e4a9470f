using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Cisco metadata (security group tags) behind its EtherType: version (1), number of options (1), options (4 each), next EtherType (2).
/// </summary>
internal static class CiscoMetadataHeader
{
    private const int FixedLength = 4;
    private const int OptionLength = 4;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < FixedLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        int length = FixedLength + (walk.Rest[1] * OptionLength);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTag);
        }

        int etherType = walk.UInt16(length - 2);
        walk.Skip(length);
        return EtherType.Next(ref walk, etherType);
    }
}
