using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Per-packet information: version (1), flags (1), length (2), link type (4), fields of type (2), length (2) and value; all little-endian.
/// </summary>
internal static class PpiHeader
{
    private const int Length = 8;
    private const int FieldHeaderLength = 4;
    private const int Ieee80211Common = 2;
    private const int CommonFlagsOffset = FieldHeaderLength + 8;
    private const int HasCheckSequence = 0x1;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int length = walk.UInt16LittleEndian(2);
        uint linkType = walk.UInt32LittleEndian(4);
        if (walk.Rest[0] != 0 || length < Length)
        {
            return walk.Stop(DecodeStatus.MalformedLink);
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        bool endsWithCheckSequence = EndsWithCheckSequence(walk.Rest[Length..length]);
        walk.Skip(length);
        if (endsWithCheckSequence)
        {
            walk.Trim(Math.Max(0, walk.Rest.Length - RadiotapHeader.CheckSequenceLength));
        }

        return linkType <= ushort.MaxValue
            ? FrameDecoder.FirstLayer(ref walk, (LinkType)linkType)
            : walk.Stop(DecodeStatus.UnknownLinkType);
    }

    private static bool EndsWithCheckSequence(ReadOnlySpan<byte> fields)
    {
        while (fields.Length > CommonFlagsOffset)
        {
            int type = fields[0] | fields[1] << 8;
            int length = FieldHeaderLength + (fields[2] | fields[3] << 8);
            if (type == Ieee80211Common)
            {
                return (fields[CommonFlagsOffset] & HasCheckSequence) != 0;
            }

            fields = fields[Math.Min(length, fields.Length)..];
        }

        return false;
    }
}
