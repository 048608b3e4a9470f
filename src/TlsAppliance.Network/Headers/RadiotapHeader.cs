using System.Buffers.Binary;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// Radiotap: version (1), pad (1), length (2), bitmaps of present fields (4 each, little-endian), fields. Only the flags are read: they say
/// whether a frame check sequence ends the frame and whether the 802.11 header is padded.
/// </summary>
internal static class RadiotapHeader
{
    private const int MinimumLength = 8;
    private const int PresentOffset = 4;
    private const uint TimerPresent = 0x1;
    private const uint FlagsPresent = 0x2;
    private const uint MorePresent = 0x8000_0000;
    private const int TimerLength = 8;

    private const int HasCheckSequence = 0x10;
    private const int HasPadding = 0x20;

    /// <summary>Length of the frame check sequence that ends an 802.11 frame.</summary>
    public const int CheckSequenceLength = 4;

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int length = walk.UInt16LittleEndian(2);
        if (walk.Rest[0] != 0 || length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.MalformedLink);
        }

        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedLink);
        }

        int flags = Flags(walk.Rest[..length]);
        walk.Skip(length);
        walk.HeaderPadding = (flags & HasPadding) != 0;
        if ((flags & HasCheckSequence) != 0)
        {
            walk.Trim(Math.Max(0, walk.Rest.Length - CheckSequenceLength));
        }

        return Layer.Ieee80211;
    }

    private static int Flags(ReadOnlySpan<byte> header)
    {
        uint present = LittleEndian(header, PresentOffset);
        if ((present & FlagsPresent) == 0)
        {
            return 0;
        }

        int offset = PresentOffset;
        uint word = present;
        while ((word & MorePresent) != 0 && offset + 8 <= header.Length)
        {
            offset += 4;
            word = LittleEndian(header, offset);
        }

        offset += 4;
        if ((present & TimerPresent) != 0)
        {
            offset = ((offset + TimerLength - 1) & ~(TimerLength - 1)) + TimerLength;
        }

        return offset < header.Length ? header[offset] : 0;
    }

    private static uint LittleEndian(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
