using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Linux netfilter log: family (1), version (1), resource (2), then attributes of length (2), type (2) and value, padded to 4 bytes, in the
/// byte order of the capturing host. The packet is the value of one of them.
/// </summary>
internal static class NflogHeader
{
    private const int Length = 4;
    private const int AttributeHeaderLength = 4;
    private const int TypeMask = 0x7FFF;
    private const int Payload = 9;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        walk.Skip(Length);
        while (walk.Rest.Length >= AttributeHeaderLength)
        {
            int length = walk.UInt16LittleEndian(0);
            int type = walk.UInt16LittleEndian(2) & TypeMask;
            if (length < AttributeHeaderLength)
            {
                return walk.Stop(DecodeStatus.MalformedLink);
            }

            if (type == Payload)
            {
                walk.Trim(length);
                walk.Skip(AttributeHeaderLength);
                return Layer.Ip;
            }

            walk.Skip(Math.Min((length + 3) & ~3, walk.Rest.Length));
        }

        return walk.Stop(DecodeStatus.TruncatedLink);
    }
}
