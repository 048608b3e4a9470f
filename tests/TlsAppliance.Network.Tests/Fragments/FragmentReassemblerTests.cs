using CsCheck;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;

namespace TlsAppliance.Network.Tests.Fragments;

public class FragmentReassemblerTests
{
    private const long Second = 1_000_000_000;
    private static readonly byte[] Datagram = [.. Enumerable.Range(0, 1000).Select(value => (byte)(value * 7))];

    [Fact]
    public void Puts_fragments_in_order_together()
    {
        FragmentReassembler reassembler = New();
        Assert.Equal(FragmentOutcome.Held, Add(reassembler, 0, 400));
        Assert.Equal((1, 2048L), (reassembler.Pending, reassembler.HeldBytes));
        AssertCompletes(reassembler, 400, 600);
        Assert.Equal((1L, 0), (reassembler.Completed, reassembler.Pending));
    }

    [Fact]
    public void Bytes_are_given_back_with_the_next_call()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 0, 400);
        AssertCompletes(reassembler, 400, 600);
        reassembler.Expire(0);
        Assert.Equal(0, reassembler.HeldBytes);
    }

    [Fact]
    public void A_fragment_may_lie_in_the_datagram_just_handed_out()
    {
        FragmentReassembler reassembler = New();
        byte[] inner = [.. Enumerable.Range(0, 3000).Select(value => (byte)(value * 5))];
        reassembler.Add(Header(0, 400, more: true, identification: 9), inner.AsSpan(0, 400), 0, out _);

        byte[] outer = [1, 2, 3, 4, 5, 6, 7, 8, .. inner[400..]];
        reassembler.Add(Header(0, 2000, more: true), outer.AsSpan(0, 2000), 0, out _);
        reassembler.Add(Header(2000, 608, more: false), outer.AsSpan(2000), 0, out ReadOnlySpan<byte> carrier);
        FragmentHeader rest = Header(400, 2600, more: false, identification: 9);
        Assert.Equal(FragmentOutcome.Completed, reassembler.Add(rest, carrier[8..], 0, out ReadOnlySpan<byte> datagram));
        Assert.True(datagram.SequenceEqual(inner));
        reassembler.Expire(0);
        Assert.Equal(0, reassembler.HeldBytes);
    }

    [Fact]
    public void N07_last_fragment_first()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 800, 200);
        Add(reassembler, 400, 400);
        AssertCompletes(reassembler, 0, 400);
    }

    [Fact]
    public void N07_tiny_fragments_in_reverse()
    {
        FragmentReassembler reassembler = New();
        for (int offset = 992; offset > 0; offset -= 8)
        {
            Assert.Equal(FragmentOutcome.Held, Add(reassembler, offset, 8));
        }

        AssertCompletes(reassembler, 0, 8);
    }

    [Fact]
    public void N07_missing_middle_never_completes()
    {
        FragmentReassembler reassembler = New();
        Assert.Equal(FragmentOutcome.Held, Add(reassembler, 0, 400));
        Assert.Equal(FragmentOutcome.Held, Add(reassembler, 408, 592));
        Assert.Equal(0, reassembler.Completed);
        AssertCompletes(reassembler, 400, 8);
    }

    [Fact]
    public void N07_first_byte_wins_where_fragments_differ()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 0, 400);
        byte[] other = [.. Enumerable.Repeat((byte)0xEE, 200)];
        Assert.Equal(FragmentOutcome.Held, reassembler.Add(Header(304, 200, more: true), other, 0, out _));
        FragmentHeader rest = Header(400, 600, more: false);
        Assert.Equal(FragmentOutcome.Completed, reassembler.Add(rest, Datagram.AsSpan(400), 0, out ReadOnlySpan<byte> datagram));
        Assert.Equal(Datagram[..400], datagram[..400].ToArray());
        Assert.Equal(other[..104], datagram[400..504].ToArray());
        Assert.Equal(Datagram[504..], datagram[504..].ToArray());
        Assert.Equal((2L, 2L), (reassembler.Overlaps, reassembler.DifferingOverlaps));
    }

    [Fact]
    public void N07_overlap_with_the_same_bytes_is_no_difference()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 200, 400);
        Add(reassembler, 0, 304);
        AssertCompletes(reassembler, 400, 600);
        Assert.Equal((2L, 0L), (reassembler.Overlaps, reassembler.DifferingOverlaps));
    }

    [Fact]
    public void N07_duplicates_bring_nothing()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 0, 400);
        Assert.Equal(FragmentOutcome.Duplicate, Add(reassembler, 0, 400));
        Assert.Equal(FragmentOutcome.Duplicate, Add(reassembler, 80, 80));
        Assert.Equal(FragmentOutcome.Duplicate, reassembler.Add(Header(80, 80, more: true), new byte[80], 0, out _));
        Assert.Equal((3L, 1L), (reassembler.Duplicates, reassembler.DifferingOverlaps));
        AssertCompletes(reassembler, 400, 600);
    }

    [Fact]
    public void N07_identification_used_again_after_completion()
    {
        FragmentReassembler reassembler = New();
        for (int round = 0; round < 3; round++)
        {
            Add(reassembler, 0, 400);
            AssertCompletes(reassembler, 400, 600);
        }

        Assert.Equal(3, reassembler.Completed);
    }

    [Fact]
    public void N07_identification_used_again_after_the_timeout_does_not_mix()
    {
        FragmentReassembler reassembler = New();
        reassembler.Add(Header(0, 400, more: true), new byte[400], 0, out _);
        Assert.Equal(FragmentOutcome.Held, Add(reassembler, 400, 600, time: 31 * Second));
        Assert.Equal(1, reassembler.Expired);
        AssertCompletes(reassembler, 0, 400, time: 31 * Second);
    }

    [Theory]
    [InlineData(65528, 16)]
    [InlineData(65528, 8)]
    [InlineData(65535, 1)]
    public void N07_oversized_datagrams_are_rejected(int offset, int length)
    {
        FragmentReassembler reassembler = New();
        Assert.Equal(FragmentOutcome.Rejected, reassembler.Add(Header(offset, length, more: false), new byte[length], 0, out _));
        Assert.Equal((1L, 0, 0L), (reassembler.Oversized, reassembler.Pending, reassembler.HeldBytes));
    }

    [Fact]
    public void N07_largest_datagram()
    {
        FragmentReassembler reassembler = New();
        byte[] largest = [.. Enumerable.Range(0, 65535).Select(value => (byte)(value >> 3))];
        Assert.Equal(FragmentOutcome.Held, reassembler.Add(Header(0, 65528, more: true), largest.AsSpan(0, 65528), 0, out _));
        FragmentHeader last = Header(65528, 7, more: false);
        Assert.Equal(FragmentOutcome.Completed, reassembler.Add(last, largest.AsSpan(65528), 0, out ReadOnlySpan<byte> datagram));
        Assert.True(datagram.SequenceEqual(largest));
    }

    [Fact]
    public void N07_fragments_that_contradict_the_end_are_rejected()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 400, 600);
        Assert.Equal(FragmentOutcome.Rejected, reassembler.Add(Header(1000, 8, more: true), new byte[8], 0, out _));
        Assert.Equal(FragmentOutcome.Rejected, reassembler.Add(Header(400, 592, more: false), new byte[592], 0, out _));
        FragmentReassembler other = New();
        Add(other, 400, 200);
        Assert.Equal(FragmentOutcome.Rejected, other.Add(Header(0, 400, more: false), new byte[400], 0, out _));
        Assert.Equal((2L, 1L), (reassembler.Contradictions, other.Contradictions));
        AssertCompletes(reassembler, 0, 400);
    }

    [Fact]
    public void N07_a_hundred_thousand_never_finished_stay_within_the_bounds()
    {
        FragmentReassembler reassembler = New();
        for (uint identification = 0; identification < 100_000; identification++)
        {
            reassembler.Add(Header(0, 400, more: true, identification), Datagram.AsSpan(0, 400), identification, out _);
            Assert.True(reassembler.Pending <= reassembler.Options.MaximumDatagrams);
            Assert.True(reassembler.HeldBytes <= reassembler.Options.MaximumBytes);
        }

        Assert.Equal(100_000, reassembler.Pending + reassembler.Evicted);
        reassembler.Expire(100 * Second);
        Assert.Equal((0, 0L), (reassembler.Pending, reassembler.HeldBytes));
        Assert.Equal(100_000, reassembler.Expired + reassembler.Evicted);
    }

    [Fact]
    public void The_oldest_datagram_makes_room_for_bytes()
    {
        FragmentReassembler reassembler = New(new FragmentOptions { MaximumBytes = 5000 });
        for (uint identification = 1; identification <= 3; identification++)
        {
            reassembler.Add(Header(0, 400, more: true, identification), Datagram.AsSpan(0, 400), 0, out _);
        }

        Assert.Equal((2, 1L), (reassembler.Pending, reassembler.Evicted));
        Assert.Equal(FragmentOutcome.Completed, reassembler.Add(Header(400, 600, more: false, 2), Datagram.AsSpan(400), 0, out _));
        Assert.Equal(FragmentOutcome.Held, reassembler.Add(Header(400, 600, more: false, 1), Datagram.AsSpan(400), 0, out _));
    }

    [Fact]
    public void What_exceeds_all_bytes_alone_is_given_up()
    {
        FragmentReassembler reassembler = New(new FragmentOptions { MaximumBytes = 3000 });
        Add(reassembler, 0, 400);
        Assert.Equal(FragmentOutcome.Rejected, reassembler.Add(Header(8000, 8, more: true), new byte[8], 0, out _));
        Assert.Equal((1L, 0, 0L), (reassembler.Evicted, reassembler.Pending, reassembler.HeldBytes));
    }

    [Fact]
    public void More_fragments_than_the_bound_give_the_datagram_up()
    {
        FragmentReassembler reassembler = New(new FragmentOptions { MaximumFragmentsPerDatagram = 4 });
        for (int fragment = 0; fragment < 3; fragment++)
        {
            Assert.Equal(FragmentOutcome.Held, Add(reassembler, fragment * 16, 8));
        }

        Assert.Equal(FragmentOutcome.Rejected, Add(reassembler, 48, 8));
        Assert.Equal((0, 1L), (reassembler.Pending, reassembler.Evicted));
    }

    [Fact]
    public void Waits_thirty_seconds_of_packet_time()
    {
        FragmentReassembler reassembler = New();
        Add(reassembler, 0, 400, time: Second);
        reassembler.Expire(31 * Second);
        Assert.Equal(1, reassembler.Pending);
        reassembler.Expire((31 * Second) + 1);
        Assert.Equal((0, 1L), (reassembler.Pending, reassembler.Expired));
    }

    [Theory]
    [InlineData(4_294_967_280 * Second)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_rogue_clock_holds_nothing_up(long rogue)
    {
        FragmentReassembler reassembler = New();
        reassembler.Add(Header(0, 400, more: true, identification: 8), Datagram.AsSpan(0, 400), rogue, out _);
        Add(reassembler, 0, 400, time: Second);
        reassembler.Expire(32 * Second);
        Assert.Equal((0, 2L), (reassembler.Pending, reassembler.Expired));
    }

    [Fact]
    public void Addresses_identification_protocol_and_version_keep_datagrams_apart()
    {
        FragmentReassembler reassembler = New();
        FragmentHeader header = Header(0, 400, more: true);
        FragmentHeader[] others =
        [
            header with { Source = 9 }, header with { Destination = 9 }, header with { Identification = 9 },
            header with { Protocol = 17 }, header with { IpVersion = 6 }, header,
        ];
        foreach (FragmentHeader other in others)
        {
            Assert.Equal(FragmentOutcome.Held, reassembler.Add(other, Datagram.AsSpan(0, 400), 0, out _));
        }

        Assert.Equal(others.Length, reassembler.Pending);
    }

    [Fact]
    public void Any_order_with_duplicates_and_overlaps_gives_the_same_datagram()
    {
        Gen<(int Offset, int Length)> piece = Gen.Select(
            Gen.Int[0, 124], Gen.Int[1, 30], (start, count) => (start * 8, Math.Min(count * 8, 1000 - (start * 8))));
        Gen.Select(piece.Array[0, 40], Gen.Int).Sample(
            (extra, seed) =>
            {
                (int Offset, int Length)[] pieces = [.. Enumerable.Range(0, 25).Select(index => (index * 40, 40)), .. extra];
                new Random(seed).Shuffle(pieces);
                FragmentReassembler reassembler = New();
                foreach ((int offset, int length) in pieces)
                {
                    FragmentHeader header = Header(offset, length, offset + length < 1000);
                    ReadOnlySpan<byte> data = Datagram.AsSpan(offset, length);
                    if (reassembler.Add(header, data, 0, out ReadOnlySpan<byte> datagram) == FragmentOutcome.Completed)
                    {
                        return datagram.SequenceEqual(Datagram) && reassembler.DifferingOverlaps == 0;
                    }
                }

                return false;
            },
            seed: "0000KOIPe036", iter: 2000, threads: 1);
    }

    [Fact]
    public void A_warm_reassembler_allocates_nothing()
    {
        FragmentReassembler reassembler = New();
        Round(reassembler, 100);
        Assert.Equal(0, Allocations.Of(() => Round(reassembler, 100)));
    }

    private static void Round(FragmentReassembler reassembler, uint datagrams)
    {
        for (uint identification = 0; identification < datagrams; identification++)
        {
            reassembler.Add(Header(0, 400, more: true, identification), Datagram.AsSpan(0, 400), 0, out _);
        }

        for (uint identification = 0; identification < datagrams; identification++)
        {
            reassembler.Add(Header(400, 600, more: false, identification), Datagram.AsSpan(400), 0, out _);
        }
    }

    private static FragmentReassembler New(FragmentOptions? options = null) => new(options ?? new FragmentOptions());

    private static FragmentOutcome Add(FragmentReassembler reassembler, int offset, int length, long time = 0) =>
        reassembler.Add(Header(offset, length, offset + length < Datagram.Length), Datagram.AsSpan(offset, length), time, out _);

    private static void AssertCompletes(FragmentReassembler reassembler, int offset, int length, long time = 0)
    {
        FragmentHeader header = Header(offset, length, offset + length < Datagram.Length);
        ReadOnlySpan<byte> data = Datagram.AsSpan(offset, length);
        Assert.Equal(FragmentOutcome.Completed, reassembler.Add(header, data, time, out ReadOnlySpan<byte> datagram));
        Assert.True(datagram.SequenceEqual(Datagram));
    }

    private static FragmentHeader Header(int offset, int length, bool more, uint identification = 1) => new()
    {
        Source = 1,
        Destination = 2,
        Identification = identification,
        IpVersion = 4,
        Protocol = 6,
        MoreFragments = more,
        FragmentOffset = offset,
        DataLength = length,
    };
}
