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
    private const int DestinationPortOffset = 2;
    private const int SequenceOffset = 4;
    private const int AcknowledgmentOffset = 8;
    private const int DataOffset = 12;
    private const int FlagsOffset = 13;
    private const int WindowOffset = 14;

    /// <summary>Reads numbers and payload of a segment that is all there; false when it contradicts itself. The key is the caller's to set.</summary>
    /// <param name="header">At least the first <see cref="MinimumLength"/> bytes of the segment.</param>
    /// <param name="offset">Offset of the segment in the decoded bytes.</param>
    /// <param name="length">Bytes from the TCP header to the end declared by IP.</param>
    /// <param name="decoded">Receives numbers and payload.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> header, int offset, int length, ref DecodedFrame decoded)
    {
        int headerLength = (header[DataOffset] >> 4) * 4;
        if (headerLength < MinimumLength || headerLength > length)
        {
            return false;
        }

        ReadNumbers(header, ref decoded);
        decoded.PayloadOffset = offset + headerLength;
        decoded.PayloadLength = length - headerLength;
        decoded.PayloadMissing = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadNumbers(ReadOnlySpan<byte> header, ref DecodedFrame decoded)
    {
        decoded.SequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(header[SequenceOffset..]);
        decoded.AcknowledgmentNumber = BinaryPrimitives.ReadUInt32BigEndian(header[AcknowledgmentOffset..]);
        decoded.Flags = (TcpFlags)header[FlagsOffset];
        decoded.Window = BinaryPrimitives.ReadUInt16BigEndian(header[WindowOffset..]);
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
        decoded.Key = FlowKey.Create(
            walk.Source, walk.UInt16(0), walk.Destination, walk.UInt16(DestinationPortOffset), walk.IpVersion, IpProtocol.Tcp, out decoded.SourceIsLow);
        ReadNumbers(walk.Rest, ref decoded);
        int capturedHeader = Math.Min(headerLength, walk.Rest.Length);
        decoded.PayloadOffset = walk.Offset + capturedHeader;
        decoded.PayloadLength = walk.Rest.Length - capturedHeader;
        decoded.PayloadMissing = payload - decoded.PayloadLength;
        decoded.DatagramLength = walk.DatagramLength;
        return walk.Stop(DecodeStatus.Tcp);
    }
}
