using System.Text.Json;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Corpus.Tests.Vectors;

/// <summary>
/// Segments into the reassembler. What Packetbeat forgets at a gap is still delivered before it: only what comes after the last gap is
/// compared. A stream begins with its first byte.
/// </summary>
public class TcpSegmentVectorTests : VectorTests
{
    [Fact]
    public void Segments() => ForEach("tcp_segments", (input, expected) =>
    {
        (uint Number, byte[] Bytes)[] segments =
        [
            .. input.GetProperty("segments").EnumerateArray()
                .Select(segment => (segment.GetProperty("seq").GetUInt32(), Convert.FromHexString(segment.GetProperty("hex").GetString()!)))
                .SkipWhile(segment => segment.Item2.Length == 0),
        ];
        Collector collector = new([]);
        StreamReassembler reassembler = new(new ReassemblyOptions());
        StreamState stream = default;
        reassembler.Place(ref stream, new TcpSequence(segments[0].Number));
        foreach ((uint number, byte[] bytes) in segments)
        {
            reassembler.Accept(ref stream, new TcpSegment(new TcpSequence(number), bytes, 0, fin: false, 1), ref collector);
        }

        reassembler.Flush(ref stream, ref collector);
        Assert.Equal(LossOf(segments, expected.GetProperty("gap_bytes").GetInt64()), stream.GapBytes);
        if (stream.GapBytes == expected.GetProperty("gap_bytes").GetInt64())
        {
            Assert.Equal(expected.GetProperty("bytes_delivered_since_last_reset").GetString(), Convert.ToHexStringLower([.. collector.SinceGap]));
        }
    });

    /// <summary>Where Packetbeat takes a late segment for a hole (B1), ours has none, unless bytes are missing in whatever order.</summary>
    private static long LossOf((uint Number, byte[] Bytes)[] segments, long theirs)
    {
        long covered = segments[0].Number, lost = 0;
        foreach ((uint number, byte[] bytes) in segments.OrderBy(segment => segment.Number))
        {
            lost += Math.Max(0, number - covered);
            covered = Math.Max(covered, number + bytes.Length);
        }

        return Math.Min(theirs, lost);
    }

    private readonly struct Collector(List<byte> bytes) : IStreamConsumer
    {
        public List<byte> SinceGap => bytes;

        public bool OnBytes(ReadOnlySpan<byte> delivered)
        {
            bytes.AddRange(delivered);
            return true;
        }

        public void OnGap(long missing) => bytes.Clear();
    }
}
