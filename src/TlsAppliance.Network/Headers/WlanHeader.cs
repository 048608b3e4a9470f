using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IEEE 802.11 data frame (§9.3.2): frame control (2), duration (2), three addresses (18), sequence control (2), a fourth address (6)
/// between access points, QoS control (2), HT control (4); LLC follows. Of an aggregate (A-MSDU) only the first packet is read.
/// </summary>
internal static class WlanHeader
{
    private const int ControlLength = 2;
    private const int Length = 24;
    private const int AddressLength = 6;
    private const int QosControlLength = 2;
    private const int HtControlLength = 4;
    private const int SubframeHeaderLength = 14;

    private const int SequenceControlOffset = 22;
    private const int FragmentNumberMask = 0x0F;

    private const int TypeMask = 0x0C;
    private const int DataType = 0x08;
    private const int ControlType = 0x04;
    private const int TypeAndVersionMask = 0x0F;
    private const int WithoutData = 0x40;
    private const int Qos = 0x80;

    private const int BothDistributionSystems = 0x03;
    private const int MoreFragments = 0x04;
    private const int Protected = 0x40;
    private const int Ordered = 0x80;
    private const int AggregatePresent = 0x80;

    public static Layer Read(ref FrameWalk walk) =>
        walk.Rest.Length < ControlLength
            ? walk.Stop(DecodeStatus.TruncatedWlan)
            : Read(ref walk, walk.Rest[0], walk.Rest[1], FragmentNumber(walk.Rest));

    /// <summary>
    /// With the two bytes of frame control in the other order, as Cisco access points put it into CAPWAP. They have put fragments together
    /// and leave something else in sequence control.
    /// </summary>
    public static Layer ReadSwapped(ref FrameWalk walk) =>
        walk.Rest.Length < ControlLength
            ? walk.Stop(DecodeStatus.TruncatedWlan)
            : Read(ref walk, walk.Rest[1], walk.Rest[0], fragmentNumber: 0);

    public static bool IsSwapped(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ControlLength && (bytes[0] & TypeAndVersionMask) != DataType && (bytes[1] & TypeAndVersionMask) == DataType;

    private static int FragmentNumber(ReadOnlySpan<byte> bytes) =>
        bytes.Length > SequenceControlOffset ? bytes[SequenceControlOffset] & FragmentNumberMask : 0;

    private static Layer Read(ref FrameWalk walk, int kind, int flags, int fragmentNumber)
    {
        if ((kind & TypeMask) != DataType)
        {
            return walk.Stop((kind & TypeMask) == ControlType ? DecodeStatus.WlanControl : DecodeStatus.WlanManagement);
        }

        if ((kind & WithoutData) != 0)
        {
            return walk.Stop(DecodeStatus.WlanNoData);
        }

        if ((flags & Protected) != 0)
        {
            return walk.Stop(DecodeStatus.WlanEncrypted);
        }

        int addresses = Length + ((flags & BothDistributionSystems) == BothDistributionSystems ? AddressLength : 0);
        bool isQos = (kind & Qos) != 0;
        int length = addresses + (isQos ? QosControlLength + ((flags & Ordered) != 0 ? HtControlLength : 0) : 0);
        if (walk.Rest.Length < length)
        {
            return walk.Stop(DecodeStatus.TruncatedWlan);
        }

        bool isAggregate = isQos && (walk.Rest[addresses] & AggregatePresent) != 0;
        if ((flags & MoreFragments) != 0 || fragmentNumber != 0)
        {
            return walk.Stop(DecodeStatus.WlanFragment);
        }

        walk.Skip(walk.HeaderPadding && length % 4 != 0 ? Math.Min(length + 2, walk.Rest.Length) : length);
        return isAggregate ? ReadFirstSubframe(ref walk) : Layer.Llc;
    }

    /// <summary>A-MSDU subframe (§9.3.2.2): destination, source, length.</summary>
    private static Layer ReadFirstSubframe(ref FrameWalk walk)
    {
        if (walk.Rest.Length < SubframeHeaderLength)
        {
            return walk.Stop(DecodeStatus.TruncatedWlan);
        }

        int length = walk.UInt16(SubframeHeaderLength - 2);
        walk.Skip(SubframeHeaderLength);
        walk.Trim(length);
        return Layer.Llc;
    }
}
