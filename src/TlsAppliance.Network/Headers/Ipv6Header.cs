using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// IPv6 (RFC 8200 §3): version, class and flow label (4), payload length (2), next header (1), hop limit (1), source (16), destination
/// (16).
/// </summary>
internal static class Ipv6Header
{
    public const int Length = 40;
    public const int PayloadLengthOffset = 4;
    public const int NextHeaderOffset = 6;
    public const int SourceOffset = 8;
    public const int DestinationOffset = 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Address(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < Length)
        {
            return walk.Stop(DecodeStatus.TruncatedIpv6);
        }

        if (walk.Rest[0] >> 4 != 6)
        {
            return walk.Stop(DecodeStatus.MalformedIpv6);
        }

        int payloadLength = walk.UInt16(PayloadLengthOffset);
        if (payloadLength != 0)
        {
            // 0: a jumbogram (RFC 2675), or segments that the network card cuts; the frame's end counts.
            walk.TrimToDeclared(Length + payloadLength);
        }

        walk.DatagramLength = walk.Rest.Length + walk.Missing;
        byte nextHeader = walk.Rest[NextHeaderOffset];
        walk.IpVersion = 6;
        walk.Source = Address(walk.Rest[SourceOffset..]);
        walk.Destination = Address(walk.Rest[DestinationOffset..]);
        walk.Skip(Length);
        return IpProtocol.Next(ref walk, nextHeader);
    }
}
