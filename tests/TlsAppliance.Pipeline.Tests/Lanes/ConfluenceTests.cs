using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;

namespace TlsAppliance.Pipeline.Tests.Lanes;

public class ConfluenceTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private readonly Confluence _three = new(3);

    [Fact]
    public void With_one_writer_time_and_marks_take_effect_at_once()
    {
        Confluence one = new(1);
        one.CountFrame(0);
        Assert.Equal(Start, one.MoveTime(0, Start));
        Assert.True(one.Arrive(0, LaneEntryKind.Snapshot, 1, out long ahead));
        Assert.Equal(0, ahead);
    }

    [Fact]
    public void The_lane_has_the_time_of_the_slowest_writer_that_has_begun()
    {
        Assert.Equal(Start + 5 * Second, _three.MoveTime(0, Start + 5 * Second));
        Assert.Equal(Start, _three.MoveTime(1, Start));
        Assert.Equal(Start, _three.MoveTime(0, Start + 9 * Second));
        Assert.Equal(Start + 7 * Second, _three.MoveTime(1, Start + 7 * Second));
    }

    [Fact]
    public void A_writer_whose_time_goes_back_stays_where_it_was()
    {
        _three.MoveTime(0, Start + 9 * Second);
        _three.MoveTime(1, Start + 5 * Second);
        Assert.Equal(Start + 5 * Second, _three.MoveTime(1, Start + Second));
    }

    [Fact]
    public void A_writer_that_is_more_than_a_minute_behind_holds_nobody()
    {
        long lead = (long)Watermark.MaximumLead;
        _three.MoveTime(0, Start);
        Assert.Equal(Start, _three.MoveTime(1, Start + lead));
        Assert.Equal(Start + lead + 1, _three.MoveTime(1, Start + lead + 1));
        Assert.Equal(Start + 1, _three.MoveTime(0, Start + 1));
    }

    [Fact]
    public void A_mark_takes_effect_with_the_last_writer_and_tells_what_was_read_behind_the_others()
    {
        Read(writer: 0, frames: 10);
        Assert.False(_three.Arrive(0, LaneEntryKind.Snapshot, 1, out _));
        Read(writer: 0, frames: 3);
        Read(writer: 1, frames: 5);
        Assert.False(_three.Arrive(1, LaneEntryKind.Snapshot, 1, out _));
        Read(writer: 1, frames: 4);
        Read(writer: 2, frames: 1);
        Assert.True(_three.Arrive(2, LaneEntryKind.Snapshot, 1, out long ahead));
        Assert.Equal(3 + 4, ahead);
        Assert.Equal(23, _three.FramesRead);
    }

    [Fact]
    public void Marks_of_different_kinds_and_numbers_do_not_meet()
    {
        Assert.False(_three.Arrive(0, LaneEntryKind.Snapshot, 1, out _));
        Assert.False(_three.Arrive(1, LaneEntryKind.Snapshot, 2, out _));
        Assert.False(_three.Arrive(2, LaneEntryKind.EndSegment, 1, out _));
        Assert.False(_three.Arrive(1, LaneEntryKind.Snapshot, 1, out _));
        Assert.True(_three.Arrive(2, LaneEntryKind.Snapshot, 1, out _));
    }

    [Fact]
    public void The_same_mark_may_come_again_when_it_has_met()
    {
        for (int round = 0; round < 2; round++)
        {
            Assert.False(_three.Arrive(0, LaneEntryKind.EndSegment, 0, out _));
            Assert.False(_three.Arrive(1, LaneEntryKind.EndSegment, 0, out _));
            Assert.True(_three.Arrive(2, LaneEntryKind.EndSegment, 0, out _));
        }
    }

    private void Read(int writer, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            _three.CountFrame(writer);
        }
    }
}
