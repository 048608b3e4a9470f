using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// TCP (RFC 9293 §3.1): source and destination port (2 each), sequence number (4), acknowledgment number (4), data offset in words (4
/// bits), control bits, window (2), checksum (2), urgent pointer (2), options. Options are not needed to follow a stream and not looked at.
/// </summary>
internal static class TcpHeader
{
    public const int MinimumLength = 20;
    private const int SequenceOffset = 4;
    private const int AcknowledgmentOffset = 8;
    private const int DataOffset = 12;
    private const int FlagsOffset = 13;
    private const int WindowOffset = 14;

    /// <summary>Reads a segment that is all there; false when it is not, or contradicts itself.</summary>
    /// <param name="segment">From the TCP header to the end declared by IP.</param>
    /// <param name="offset">Offset of the segment in the decoded bytes.</param>
    /// <param name="source">Address of the sender.</param>
    /// <param name="destination">Address of the receiver.</param>
    /// <param name="ipVersion">4 or 6.</param>
    /// <param name="decoded">Receives key, numbers and payload.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(
        ReadOnlySpan<byte> segment, int offset, UInt128 source, UInt128 destination, byte ipVersion, ref DecodedFrame decoded)
    {
        if (segment.Length < MinimumLength)
        {
            return false;
        }

        int headerLength = (segment[DataOffset] >> 4) * 4;
        if (headerLength < MinimumLength || headerLength > segment.Length)
        {
            return false;
        }

        ReadFields(segment, source, destination, ipVersion, ref decoded);
        decoded.PayloadOffset = offset + headerLength;
        decoded.PayloadLength = segment.Length - headerLength;
        decoded.PayloadMissing = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadFields(
        ReadOnlySpan<byte> segment, UInt128 source, UInt128 destination, byte ipVersion, ref DecodedFrame decoded)
    {
        uint ports = BinaryPrimitives.ReadUInt32BigEndian(segment);
        decoded.Key = FlowKey.Create(
            source, (ushort)(ports >> 16), destination, (ushort)ports, ipVersion, IpProtocol.Tcp, out decoded.SourceIsLow);
        decoded.SequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(segment[SequenceOffset..]);
        decoded.AcknowledgmentNumber = BinaryPrimitives.ReadUInt32BigEndian(segment[AcknowledgmentOffset..]);
        decoded.Flags = (TcpFlags)segment[FlagsOffset];
        decoded.Window = BinaryPrimitives.ReadUInt16BigEndian(segment[WindowOffset..]);
    }

    /// <summary>Reads a segment of which a snapshot length may have cut payload or options; what is missing is told in bytes.</summary>
    public static Layer Read(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MinimumLength)
        {
            return walk.Stop(DecodeStatus.TruncatedTcp);
        }

        int headerLength = (walk.Rest[DataOffset] >> 4) * 4;
        int payload = walk.Rest.Length + walk.Missing - headerLength;
        if (headerLength < MinimumLength || payload < 0)
        {
            return walk.Stop(DecodeStatus.MalformedTcp);
        }

        ref DecodedFrame decoded = ref walk.Decoded;
        ReadFields(walk.Rest, walk.Source, walk.Destination, walk.IpVersion, ref decoded);
        int capturedHeader = Math.Min(headerLength, walk.Rest.Length);
        decoded.PayloadOffset = walk.Offset + capturedHeader;
        decoded.PayloadLength = walk.Rest.Length - capturedHeader;
        decoded.PayloadMissing = payload - decoded.PayloadLength;
        decoded.DatagramLength = walk.DatagramLength;
        return walk.Stop(DecodeStatus.Tcp);
    }
}
