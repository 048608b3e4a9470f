using System.Runtime.CompilerServices;
using TlsAppliance.Network.Reassembly;
using TlsAppliance.Testing;

namespace TlsAppliance.Network.Tests.Reassembly;

public class StreamReassemblerTests
{
    [Fact]
    public void Delivers_in_order_segments_at_once()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abc");
        Assert.Equal("abc", stream.Text);
        Assert.Equal("abcdef", stream.Segment(3, "def").Text);
        Assert.Equal(0, stream.Reassembler.Pool.PiecesInUse);
    }

    [Fact]
    public void Holds_what_comes_early_and_delivers_it_when_the_hole_is_filled()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(3, "def").Segment(6, "ghi");
        Assert.Equal("", stream.Text);
        Assert.True(stream.State.IsWaiting);
        Assert.Equal("abcdefghi", stream.Segment(0, "abc").Text);
        Assert.False(stream.State.IsWaiting);
        Assert.Equal(2, stream.Counters.OutOfOrder);
        Assert.Equal(0, stream.Reassembler.Pool.BytesInUse);
    }

    [Fact]
    public void Fills_several_holes_one_after_the_other()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(8, "i").Segment(4, "e").Segment(2, "c").Segment(6, "g");
        Assert.Equal("abc", stream.Segment(0, "ab").Text);
        Assert.Equal("abcde", stream.Segment(3, "d").Text);
        Assert.Equal("abcdefg", stream.Segment(5, "f").Text);
        Assert.Equal("abcdefghi", stream.Segment(7, "h").Text);
    }

    [Fact]
    public void Counts_duplicates_and_keep_alives()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abc").Segment(0, "abc").Segment(2, "?").Segment(2);
        Assert.Equal("abc", stream.Text);
        Assert.Equal(2, stream.Counters.Duplicates);
        Assert.Equal("abcdef", stream.Segment(3, "def").Text);
    }

    [Fact]
    public void N12_delivered_bytes_are_not_delivered_again_by_an_overlap_from_the_left()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abcd").Segment(2, "XXef");
        Assert.Equal("abcdef", stream.Text);
        Assert.Equal(1, stream.Counters.Overlaps);
    }

    [Fact]
    public void N12_a_segment_wholly_before_the_base_is_a_duplicate()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abcd").Segment(-10, "0123456789").Segment(-20, "01");
        Assert.Equal("abcd", stream.Text);
        Assert.Equal(2, stream.Counters.Duplicates);
    }

    [Theory]
    [InlineData(2, "cd", 2, "CD", "abcd", 1)] // exact, other bytes
    [InlineData(2, "cd", 2, "cd", "abcd", 0)] // exact, same bytes
    [InlineData(4, "ef", 2, "cdXXgh", "abcdefgh", 1)] // the new one covers the old one
    [InlineData(4, "ef", 2, "cdefgh", "abcdefgh", 0)]
    [InlineData(4, "ef", 2, "cdX", "abcdef", 1)] // partial, left
    [InlineData(4, "ef", 5, "Xgh", "abcdefgh", 1)] // partial, right
    [InlineData(2, "cdefgh", 4, "XX", "abcdefgh", 1)] // within the old one
    public void N12_the_first_byte_wins_among_held_ones(int offset, string first, int offset2, string second, string expected, int differing)
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(offset, first).Segment(offset2, second).Segment(0, "abcd"[..2]);
        stream.Segment(2, "cd"); // where nothing covered them
        Assert.Equal(expected, stream.Text);
        Assert.Equal(1, stream.Counters.Overlaps);
        Assert.Equal(differing, stream.Counters.DifferingOverlaps);
        Assert.Equal(0, stream.Reassembler.Pool.PiecesInUse);
    }

    [Fact]
    public void N12_one_segment_over_many_held_ones_fills_what_is_between()
    {
        StreamHarness stream = new StreamHarness().Placed();
        for (int offset = 1; offset < 40; offset += 4)
        {
            stream.Segment(offset, "x");
        }

        stream.Segment(0, new string('-', 42));
        Assert.Equal(string.Concat(Enumerable.Repeat("-x--", 10)) + "--", stream.Text);
    }

    [Fact]
    public void N12_data_after_the_fin_does_not_exist()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "ab", fin: true).Segment(2, "cd").Segment(1, "bcd");
        Assert.Equal("ab", stream.Text);
        Assert.True(stream.State.IsFinished);
        Assert.Equal(2, stream.Counters.AfterFin);
    }

    [Fact]
    public void Held_data_beyond_a_fin_that_comes_later_is_dropped()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(2, "cdef").Segment(4, fin: true).Segment(0, "ab");
        Assert.Equal("abcd", stream.Text);
        Assert.True(stream.State.IsFinished);
        Assert.Equal(0, stream.Reassembler.Pool.PiecesInUse);
    }

    [Fact]
    public void A_fin_finishes_the_stream_only_when_all_before_it_was_delivered()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(3, "def", fin: true);
        Assert.False(stream.State.IsFinished);
        Assert.True(stream.Segment(0, "abc").State.IsFinished);
        Assert.Equal("abcdef", stream.Text);
    }

    [Fact]
    public void A_repeated_fin_with_another_number_changes_nothing()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(4, fin: true).Segment(8, fin: true).Segment(0, "abcd");
        Assert.True(stream.State.IsFinished);
    }

    [Theory]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0xFFFF_FFFCu)]
    [InlineData(0u)]
    [InlineData(0x7FFF_FFFDu)]
    public void N13_sequence_numbers_wrap(uint initial)
    {
        StreamHarness stream = new StreamHarness(initial).Placed().Segment(6, "ghi").Segment(3, "def").Segment(0, "abc").Segment(1, "bcdefghijk");
        Assert.Equal("abcdefghijk", stream.Text);
    }

    [Fact]
    public void N13_a_segment_of_65535_bytes_may_wait_too()
    {
        string big = new('b', 65_535);
        StreamHarness stream = new StreamHarness().Placed().Segment(1, big).Segment(0, "a");
        Assert.Equal("a" + big, stream.Text);
    }

    [Fact]
    public void N13_a_zero_window_probe_brings_one_byte_that_is_sent_again()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abc").Segment(3, "d").Segment(3, "d").Segment(3, "def");
        Assert.Equal("abcdef", stream.Text);
    }

    [Fact]
    public void N14_one_byte_per_segment_in_order_reversed_and_twice()
    {
        const string text = "the quick brown fox jumps over the lazy dog";
        StreamHarness forward = new StreamHarness().Placed(), backward = new StreamHarness().Placed(), twice = new StreamHarness().Placed();
        for (int i = 0; i < text.Length; i++)
        {
            int last = text.Length - 1 - i;
            forward.Segment(i, text[i..(i + 1)]);
            backward.Segment(last, text[last..(last + 1)]);
            twice.Segment(i, text[i..(i + 1)]).Segment(i, "?");
        }

        Assert.Equal(text, forward.Text);
        Assert.Equal(text, backward.Text);
        Assert.Equal(text, twice.Text);
        Assert.Equal(text.Length, twice.Counters.Duplicates);
    }

    [Fact]
    public void N14_a_hole_is_given_up_after_its_time()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "ab").Segment(5, "fg").Tick(1.9);
        Assert.Equal("ab", stream.Text);
        Assert.Equal("ab[3]fg", stream.Tick(0.1).Text);
        Assert.Equal(3, stream.State.GapBytes);
        Assert.Equal(1, stream.Counters.Gaps);
        Assert.Equal("ab[3]fghi", stream.Segment(2, "cde").Segment(7, "hi").Text);
    }

    [Fact]
    public void Each_hole_waits_for_itself()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(2, "c").Tick(1).Segment(6, "g").Tick(1);
        Assert.Equal("[2]c", stream.Text);
        Assert.Equal("[2]c[3]g", stream.Tick(1).Text);
    }

    [Fact]
    public void An_older_hole_does_not_wait_longer_because_more_comes_in_front_of_it()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(9, "j").Tick(1.5).Segment(5, "f").Tick(0.5);
        Assert.Equal("[5]f", stream.Text[..4]);
    }

    [Fact]
    public void N14_a_hole_is_given_up_after_its_bytes()
    {
        StreamHarness stream = new StreamHarness(options: new ReassemblyOptions { MaximumFlowBytes = 10 }).Placed();
        stream.Segment(5, "0123456789");
        Assert.Equal("", stream.Text);
        Assert.Equal("[5]0123456789a", stream.Segment(15, "a").Text);
    }

    [Fact]
    public void N14_a_hole_is_given_up_after_its_pieces()
    {
        StreamHarness stream = new StreamHarness(options: new ReassemblyOptions { MaximumFlowPieces = 2 }).Placed();
        stream.Segment(5, "f").Segment(10, "k");
        Assert.Equal("", stream.Text);
        Assert.Equal("[5]f", stream.Segment(15, "p").Text);
        Assert.Equal("[5]f[4]k[4]p", stream.Flush().Text);
    }

    [Fact]
    public void N14_pieces_that_follow_each_other_share_one()
    {
        StreamHarness stream = new StreamHarness(options: new ReassemblyOptions { MaximumFlowPieces = 1 }).Placed();
        for (int offset = 1; offset <= 200; offset++)
        {
            stream.Segment(offset, "x");
        }

        Assert.Equal(1, stream.Reassembler.Pool.PiecesInUse);
        Assert.Equal(201, stream.Segment(0, "x").Text.Length);
    }

    [Fact]
    public void N14_a_hole_that_is_filled_after_a_megabyte_is_long_given_up()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "a");
        byte[] payload = new byte[1400];
        for (int offset = 101; offset < 1_000_000; offset += payload.Length)
        {
            stream.Segment(offset, payload);
        }

        int before = stream.Text.Length;
        stream.Segment(1, new byte[100]);
        Assert.Equal(before, stream.Text.Length);
        Assert.Equal(1, stream.Counters.Gaps);
        Assert.True(stream.Reassembler.Pool.BytesInUse == 0);
    }

    [Fact]
    public void A_shard_out_of_memory_gives_up_the_hole_of_the_flow_that_asks()
    {
        StreamHarness stream = new StreamHarness(options: new ReassemblyOptions { MaximumShardBytes = 1000 }).Placed();
        stream.Segment(4, "e").Segment(8, "i").Segment(12, "m");
        Assert.Equal("", stream.Text);
        stream.Segment(6, "g");
        Assert.Equal("[4]e[1]g", stream.Text);
        Assert.Equal(1, stream.Counters.MemoryGaps);
        Assert.Equal("[4]e[1]g[1]i[3]m", stream.Flush().Text);
        Assert.Equal(0, stream.Reassembler.Pool.BytesInUse);
    }

    [Fact]
    public void Bytes_cut_by_a_snapshot_length_are_a_gap_right_away()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "ab", missing: 3).Segment(5, "fg");
        Assert.Equal("ab[3]fg", stream.Text);
        Assert.Equal(3, stream.Counters.CutBytes);
    }

    [Fact]
    public void A_cut_segment_may_wait_too()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(2, "cd", missing: 3).Segment(7, "hi").Segment(0, "ab");
        Assert.Equal("abcd[3]hi", stream.Text);
        Assert.Equal(0, stream.Reassembler.Pool.PiecesInUse);
    }

    [Fact]
    public void A_fin_after_bytes_that_were_cut_off_finishes_the_stream() =>
        Assert.True(new StreamHarness().Placed().Segment(0, "ab", missing: 3, fin: true).State.IsFinished);

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(-2_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Segments_far_from_the_expected_number_are_ignored(int offset)
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(0, "abc").Segment(offset, "zzz", fin: true).Segment(3, "def");
        Assert.Equal("abcdef", stream.Text);
        Assert.Equal(1, stream.Counters.OutOfWindow);
        Assert.False(stream.State.IsFinished);
    }

    [Fact]
    public void N16_without_a_syn_an_earlier_segment_that_comes_late_is_taken()
    {
        StreamHarness stream = new StreamHarness().PlacedTentatively(3).Segment(3, "def").Segment(0, "abc").Segment(6, "ghi");
        Assert.Equal("", stream.Text);
        Assert.Equal("abcdefghi", stream.Tick(0.2).Text);
        Assert.Equal(0, stream.Counters.Gaps);
    }

    [Fact]
    public void Without_a_syn_the_holding_back_ends_after_some_pieces_bytes_or_when_settled()
    {
        StreamHarness pieces = new StreamHarness(options: new ReassemblyOptions { GracePieces = 2 }).PlacedTentatively(3).Segment(3, "d").Segment(0, "a");
        Assert.Equal("a", pieces.Text);
        StreamHarness bytes = new StreamHarness(options: new ReassemblyOptions { GraceBytes = 4 }).PlacedTentatively(3).Segment(3, "defg");
        Assert.Equal("defg", bytes.Text);
        Assert.Equal("d", new StreamHarness().PlacedTentatively(3).Segment(3, "d").Settle().Text);
    }

    [Fact]
    public void A_late_syn_places_what_was_held_back()
    {
        StreamHarness stream = new StreamHarness().PlacedTentatively(3).Segment(3, "def").Placed();
        Assert.Equal("abcdef", stream.Segment(0, "abc").Text);
    }

    [Fact]
    public void Flush_gives_up_all_holes()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(2, "c").Segment(5, "f", fin: true).Flush();
        Assert.Equal("[2]c[2]f", stream.Text);
        Assert.True(stream.State.IsFinished);
    }

    [Fact]
    public void Release_gives_back_what_is_held()
    {
        StreamHarness stream = new StreamHarness().Placed().Segment(2, "c").Segment(5, "f").Release();
        Assert.Equal("", stream.Text);
        Assert.Equal((0, 0L), (stream.Reassembler.Pool.PiecesInUse, stream.Reassembler.Pool.BytesInUse));
    }

    [Fact]
    public void A_consumer_that_has_enough_gets_no_more_but_the_fin_is_still_found()
    {
        StreamHarness stream = new StreamHarness { Appetite = 3 }.Placed().Segment(6, "ghi").Segment(0, "abc");
        Assert.Equal("abc", stream.Text);
        Assert.True(stream.State.IsUnwanted);
        Assert.Equal(0, stream.Reassembler.Pool.PiecesInUse);
        Assert.True(stream.Segment(20, "uvw", fin: true).State.IsFinished);
        Assert.Equal("abc", stream.Text);
        Assert.Equal(0, stream.Counters.Gaps);
    }

    [Fact]
    public void In_order_segments_allocate_nothing()
    {
        StreamReassembler reassembler = new(new ReassemblyOptions());
        StreamState stream = default;
        reassembler.Place(ref stream, new TcpSequence(0));
        byte[] payload = new byte[1400];
        Sum sum = default;
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                reassembler.Accept(ref stream, new TcpSegment(stream.Next, payload, 0, false, 0), ref sum);
            }
        });
        Assert.Equal(0, allocated);
        Assert.True(sum.Bytes >= 1000 * 1400);
    }

    [Fact]
    public void Out_of_order_segments_allocate_nothing_once_the_pool_is_filled()
    {
        StreamReassembler reassembler = new(new ReassemblyOptions());
        StreamState stream = default;
        reassembler.Place(ref stream, new TcpSequence(0));
        byte[] payload = new byte[1400];
        Sum sum = default;
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                TcpSequence next = stream.Next;
                reassembler.Accept(ref stream, new TcpSegment(next + 1400, payload, 0, false, 0), ref sum);
                reassembler.Accept(ref stream, new TcpSegment(next, payload, 0, false, 0), ref sum);
            }
        });
        Assert.Equal(0, allocated);
        Assert.Equal(0, sum.Bytes % (1000 * 1400));
    }

    [Fact]
    public void An_idle_direction_takes_at_most_64_bytes() => Assert.True(Unsafe.SizeOf<StreamState>() <= 64, $"{Unsafe.SizeOf<StreamState>()}");

    /// <summary>Sorting in is bounded by the pieces that a flow may hold, whatever the order; reversed and forward orders do not walk at all.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Work_grows_with_the_segments_only(int scale)
    {
        int segments = 4000 * scale;
        StreamHarness reversed = new StreamHarness().Placed();
        StreamHarness forward = new StreamHarness().Placed();
        StreamHarness shuffled = new StreamHarness().Placed();
        Random random = new(7);
        for (int i = 0; i < segments; i++)
        {
            int block = i / 400 * 400;
            reversed.Segment(block + 399 - i % 400, "x");
            forward.Segment(i + 1, "x");
            shuffled.Segment(block + random.Next(400) * 2 + 1, "x");
        }

        Assert.True(reversed.Counters.Steps <= segments, $"{reversed.Counters.Steps}");
        Assert.True(forward.Counters.Steps <= segments, $"{forward.Counters.Steps}");
        Assert.True(shuffled.Counters.Steps <= segments * 512L, $"{shuffled.Counters.Steps}");
    }

    private struct Sum : IStreamConsumer
    {
        public long Bytes;

        public bool OnBytes(ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            return true;
        }

        public readonly void OnGap(long missing)
        {
        }
    }
}
