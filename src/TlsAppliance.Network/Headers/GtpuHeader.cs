using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// GTP-U version 1 (3GPP TS 29.281 §5.1): flags (1), message type (1), length (2), tunnel endpoint id (4); sequence number, N-PDU number
/// and first extension (4 together) when one of their flags is set; extension headers.
/// </summary>
internal static class GtpuHeader
{
    private const int Length = 8;
    private const int OptionalLength = 4;
    private const int VersionAndTypeMask = 0xF0;
    private const int Version1 = 0x30;
    private const int OptionalMask = 0x07;
    private const int ExtensionPresent = 0x04;
    private const int UserData = 255;

    public static bool Fits(ReadOnlySpan<byte> payload) =>
        payload.Length >= Length && (payload[0] & VersionAndTypeMask) == Version1
        && payload[1] is 1 or 2 or 26 or 31 or 253 or 254 or UserData;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest[1] != UserData)
        {
            return walk.Stop(DecodeStatus.TunnelControl);
        }

        int flags = walk.Rest[0];
        int length = Length + ((flags & OptionalMask) != 0 ? OptionalLength : 0);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedTunnel);
        }

        int extension = (flags & ExtensionPresent) != 0 ? walk.Rest[length - 1] : 0;
        walk.EnterTunnel(CarrierKind.Gtpu, walk.UInt32(4));
        walk.Skip(length);
        return SkipExtensions(ref walk, extension);
    }

    /// <summary>Extension header (§5.2.1): length in words (1), content, type of the next one (1).</summary>
    private static Layer SkipExtensions(ref FrameWalk walk, int type)
    {
        while (type != 0)
        {
            int length = walk.Rest.IsEmpty ? 0 : walk.Rest[0] * 4;
            if (length == 0 || length > walk.Rest.Length)
            {
                return walk.Stop(walk.Rest.IsEmpty || length != 0 ? DecodeStatus.TruncatedTunnel : DecodeStatus.MalformedTunnel);
            }

            type = walk.Rest[length - 1];
            walk.Skip(length);
        }

        return Layer.UnmarkedPayload;
    }
}
