using System.Text;
using CsCheck;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Network.Tests.Reassembly;

public class StreamReassemblerPropertyTests
{
    private const string Seed = "0000KhuBUHlv";

    /// <summary>Pieces of one text: where each starts and how long it is.</summary>
    private static readonly Gen<(string Text, (int Start, int Length)[] Pieces, uint Initial)> Streams =
        from length in Gen.Int[1, 3000]
        from text in Gen.Char['!', '~'].Array[length]
        from cuts in Gen.Int[0, length].Array[0, 60]
        from overlaps in Gen.Select(Gen.Int[0, length - 1], Gen.Int[1, 400]).Array[0, 20]
        from order in Gen.Shuffle(Enumerable.Range(0, 200).ToArray())
        from initial in Gen.OneOf(Gen.UInt, Gen.UInt[0xFFFF_F000, 0xFFFF_FFFF])
        select (new string(text), Order(Cut(length, cuts, overlaps), order), initial);

    [Fact]
    public void Any_cutting_order_repetition_and_overlap_of_equal_bytes_delivers_the_same_stream() =>
        Streams.Sample(
            stream =>
            {
                StreamHarness harness = new StreamHarness(stream.Initial).Placed();
                foreach ((int start, int length) in stream.Pieces)
                {
                    harness.Segment(start, stream.Text.Substring(start, length));
                }

                Assert.Equal(stream.Text, harness.Text);
                Assert.Equal((0L, 0L), (harness.Counters.Gaps, harness.Counters.DifferingOverlaps));
                Assert.Equal((0, 0L), (harness.Reassembler.Pool.PiecesInUse, harness.Reassembler.Pool.BytesInUse));
            },
            seed: Seed,
            iter: 2000);

    [Fact]
    public void Whatever_is_lost_what_is_delivered_stands_in_its_place() =>
        Streams.Sample(
            stream =>
            {
                StreamHarness harness = new StreamHarness(stream.Initial).Placed();
                StringBuilder expected = new(new string('\0', stream.Text.Length));
                foreach ((int start, int length) in stream.Pieces.Skip(stream.Pieces.Length / 3))
                {
                    harness.Segment(start, stream.Text.Substring(start, length).Replace('[', '('));
                    expected.Remove(start, length).Insert(start, stream.Text.Substring(start, length).Replace('[', '('));
                }

                harness.Flush();
                Assert.Equal(WithGaps(expected.ToString().TrimEnd('\0')), harness.Text);
            },
            seed: Seed,
            iter: 1000);

    [Fact]
    public void Memory_stays_within_the_bound_and_comes_back_for_any_stream() =>
        Streams.Sample(
            stream =>
            {
                StreamHarness harness = new StreamHarness(stream.Initial, new ReassemblyOptions { MaximumShardBytes = 2000 }).Placed();
                foreach ((int start, int length) in stream.Pieces)
                {
                    harness.Segment(start, stream.Text.Substring(start, length));
                    Assert.InRange(harness.Reassembler.Pool.BytesInUse, 0, 2000);
                }

                Assert.Equal(0, harness.Flush().Reassembler.Pool.BytesInUse);
            },
            seed: Seed,
            iter: 1000);

    private static List<(int, int)> Cut(int length, int[] cuts, (int Start, int Length)[] overlaps)
    {
        int[] edges = [.. cuts.Append(0).Append(length).Distinct().Order()];
        List<(int, int)> pieces = [.. edges.Zip(edges.Skip(1), (start, end) => (start, end - start))];
        pieces.AddRange(overlaps.Select(overlap => (overlap.Start, Math.Min(overlap.Length, length - overlap.Start))));
        return pieces;
    }

    private static (int, int)[] Order(List<(int, int)> pieces, int[] order) =>
        [.. order.Where(index => index < pieces.Count).Select(index => pieces[index])];

    private static string WithGaps(string expected)
    {
        StringBuilder text = new();
        for (int i = 0; i < expected.Length;)
        {
            int end = i;
            while (end < expected.Length && expected[end] == '\0')
            {
                end++;
            }

            _ = end > i ? text.Append('[').Append(end - i).Append(']') : text.Append(expected[end++]);
            i = end;
        }

        return text.ToString();
    }
}
