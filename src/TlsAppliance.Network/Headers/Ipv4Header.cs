using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IPv4 (RFC 791 §3.1): version and header length in words (1), service (1), total length (2), identification (2), flags and fragment
/// offset (2), time to live (1), protocol (1), checksum (2), source (4), destination (4), options.
/// </summary>
internal static class Ipv4Header
{
    public const int MinimumLength = 20;
    public const int TotalLengthOffset = 2;
    public const int IdentificationOffset = 4;
    public const int FragmentOffset = 6;
    public const int ProtocolOffset = 9;
    public const int SourceOffset = 12;
    public const int DestinationOffset = 16;

    /// <summary>Version 4 without options.</summary>
    public const byte PlainFirstByte = 0x45;

    /// <summary>More fragments and the offset: zero in a datagram that is whole.</summary>
    public const int FragmentMask = MoreFragments | OffsetMask;

    private const int MoreFragments = 0x2000;
    private const int OffsetMask = 0x1FFF;

    /// <summary>An address as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), the form of flow keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Address(ReadOnlySpan<byte> bytes) => new(0, 0xFFFF_0000_0000ul | BinaryPrimitives.ReadUInt32BigEndian(bytes));

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv4);
        }

        int headerLength = (walk.Rest[0] & 0x0F) * 4;
        int totalLength = walk.UInt16(TotalLengthOffset);
        if (walk.Rest[0] >> 4 != 4 || headerLength < MinimumLength || (totalLength != 0 && totalLength < headerLength))
        {
            return walk.Stop(DecodeStatus.MalformedIpv4);
        }

        if (totalLength != 0)
        {
            // 0 is left by hosts whose network card cuts the segments (offload): then the frame's end counts.
            walk.TrimToDeclared(totalLength);
        }

        walk.DatagramLength = walk.Rest.Length + walk.Missing;
        if (walk.Rest.Length < headerLength)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv4);
        }

        return ReadPayload(ref walk, headerLength);
    }

    private static Layer ReadPayload(ref FrameWalk walk, int headerLength)
    {
        byte protocol = walk.Rest[ProtocolOffset];
        ushort identification = walk.UInt16(IdentificationOffset);
        int fragment = walk.UInt16(FragmentOffset);
        walk.IpVersion = 4;
        walk.Source = Address(walk.Rest[SourceOffset..]);
        walk.Destination = Address(walk.Rest[DestinationOffset..]);
        walk.Skip(headerLength);
        return (fragment & FragmentMask) == 0
            ? IpProtocol.Next(ref walk, protocol)
            : walk.StopAtFragment(identification, protocol, (fragment & OffsetMask) * 8, (fragment & MoreFragments) != 0);
    }
}
