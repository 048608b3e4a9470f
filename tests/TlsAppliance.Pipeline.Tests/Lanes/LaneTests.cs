using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Lanes;

namespace TlsAppliance.Pipeline.Tests.Lanes;

public class LaneTests
{
    private readonly Lane _lane = new(0);

    [Fact]
    public void An_empty_batch_takes_a_frame_of_any_size_as_it_is()
    {
        FrameBatch batch = new();
        byte[] small = [1, 2, 3], large = Bytes(FrameBatch.SlabBytes + 1000);
        Assert.True(Add(batch, small));
        Assert.False(Add(batch, large));
        batch.Clear();
        Assert.True(Add(batch, large));
        Assert.Equal(large, batch.Frame(batch[0]).Bytes);
        batch.Clear();
        Assert.True(Add(batch, small));
        Assert.True(Add(batch, small));
        Assert.Equal(small, batch.Frame(batch[1]).Bytes);
    }

    [Fact]
    public void A_batch_keeps_what_is_known_of_a_frame()
    {
        FrameBatch batch = new();
        DecodedFrame decoded = new() { SequenceNumber = 77, PayloadOffset = 1, PayloadLength = 2 };
        byte[] bytes = [1, 2, 3];
        Assert.True(batch.TryAdd(new CapturedFrame(bytes, 123, 1500, LinkType.LinuxSll2, 4), bytes, decoded, hash: 99));
        ref readonly LaneEntry entry = ref batch[0];
        CapturedFrame frame = batch.Frame(entry);
        Assert.Equal((77u, 99ul, LaneEntryKind.Frame), (entry.Decoded.SequenceNumber, entry.Hash, entry.Kind));
        Assert.Equal((123L, 1500, LinkType.LinuxSll2, (ushort)4), (frame.Timestamp, frame.WireLength, frame.LinkType, frame.Interface));
    }

    [Fact]
    public void A_full_batch_refuses_frames_and_marks()
    {
        FrameBatch batch = new();
        for (int i = 0; i < FrameBatch.MaximumEntries; i++)
        {
            Assert.True(i % 2 == 0 ? Add(batch, [1]) : batch.TryMark(LaneEntryKind.Tick, i));
        }

        Assert.False(Add(batch, [1]));
        Assert.False(batch.TryMark(LaneEntryKind.Tick, 1));
        Assert.True(batch.IsFull);
    }

    [Fact]
    public void Frames_and_marks_come_out_in_the_order_that_they_went_in()
    {
        List<long> sent = [], taken = [];
        for (int i = 0; i < FrameBatch.MaximumEntries * (Lane.Batches - 2); i++)
        {
            sent.Add(i);
            if (i % 7 == 0)
            {
                _lane.Writers[0].Mark(LaneEntryKind.Tick, i);
            }
            else
            {
                Add(_lane, i, length: i % 400);
            }
        }

        _lane.Writers[0].Flush();
        while (_lane.TryTake())
        {
            taken.AddRange(Rest(_lane));
            _lane.Return();
        }

        Assert.Equal(sent, taken);
    }

    [Fact]
    public void Nothing_is_sent_before_it_is_flushed_or_full()
    {
        Add(_lane, 1);
        Assert.False(_lane.TryTake());
        _lane.Writers[0].Flush();
        Assert.True(_lane.TryTake());
    }

    [Fact]
    public void A_batch_in_hand_stays_there_with_its_cursor()
    {
        Add(_lane, 1);
        Add(_lane, 2);
        _lane.Writers[0].Flush();
        Assert.True(_lane.TryTake());
        _lane.Cursor++;
        FrameBatch inHand = _lane.InHand!;
        Assert.True(_lane.TryTake());
        Assert.Same(inHand, _lane.InHand);
        Assert.Equal([2L], Rest(_lane));
        _lane.Return();
        Assert.False(_lane.TryTake());
    }

    [Fact]
    public async Task The_writer_waits_when_all_batches_are_full_and_goes_on_when_some_come_back()
    {
        const int frames = FrameBatch.MaximumEntries * Lane.Batches + 1;
        int announced = 0;
        _lane.Writers[0].OnWaiting = () => announced++;
        Task writer = Task.Run(() =>
        {
            for (int i = 0; i < frames; i++)
            {
                Add(_lane, i);
            }

            _lane.Writers[0].Flush();
        }, TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => _lane.Waits > 0, TimeSpan.FromSeconds(30)));
        Assert.False(writer.IsCompleted);
        List<long> taken = [];
        while (taken.Count < frames && SpinWait.SpinUntil(_lane.TryTake, TimeSpan.FromSeconds(30)))
        {
            taken.AddRange(Rest(_lane));
            _lane.Return();
        }

        Assert.Equal(Enumerable.Range(0, frames).Select(i => (long)i), taken);
        await writer;
        Assert.Equal(_lane.Waits, announced);
    }

    [Fact]
    public void A_batch_that_came_back_is_told_once_and_filled_next()
    {
        int told = 0;
        _lane.Writers[0].OnReturned = batch => told += batch.Count;
        FrameBatch? used = null;
        for (int i = 0; i < Lane.Batches + 1; i++)
        {
            Add(_lane, i);
            _lane.Writers[0].Flush();
            _lane.TryTake();
            used ??= _lane.InHand;
            Assert.Same(used, _lane.InHand);
            Assert.Equal(i, told);
            _lane.Return();
        }
    }

    [Fact]
    public void A_batch_is_of_the_segment_that_it_is_filled_in()
    {
        for (int segment = 0; segment < 3; segment++)
        {
            _lane.Writers[0].Segment = segment;
            Add(_lane, segment);
            _lane.Writers[0].Flush();
            _lane.TryTake();
            Assert.Equal(segment, _lane.InHand!.Segment);
            _lane.Return();
        }
    }

    private static List<long> Rest(Lane lane)
    {
        List<long> rest = [];
        while (lane.Cursor < lane.InHand!.Count)
        {
            rest.Add(lane.InHand[lane.Cursor++].Timestamp);
        }

        return rest;
    }

    private static bool Add(FrameBatch batch, byte[] bytes) => batch.TryAdd(new CapturedFrame(bytes, 0, bytes.Length, LinkType.Ethernet), bytes, default, 0);

    private static void Add(Lane lane, long time, int length = 10)
    {
        byte[] bytes = Bytes(length);
        lane.Writers[0].Add(new CapturedFrame(bytes, time, length, LinkType.Ethernet), bytes, default, 0);
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];
}
