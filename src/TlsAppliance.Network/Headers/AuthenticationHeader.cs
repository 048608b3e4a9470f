using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IPsec authentication header (RFC 4302 §2): next header (1), length in words minus 2 (1), then index, sequence and check value. Nothing
/// is encrypted.
/// </summary>
internal static class AuthenticationHeader
{
    private const int MinimumLength = 12;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int length = (walk.Rest[1] + 2) * 4;
        if (length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.MalformedTunnel);
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        byte nextHeader = walk.Rest[0];
        walk.Skip(length);
        return IpProtocol.Next(ref walk, nextHeader);
    }
}
