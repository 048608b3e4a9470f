using System.Runtime.CompilerServices;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>Reads the batch in hand into a shard. A fault leaves the cursor behind the entry at fault, and the rest of the batch for the next shard.</summary>
internal sealed class LaneReader(Lane lane, Shard shard)
{
    /// <summary>So many frames ahead each step towards a connection's objects is taken.</summary>
    private const int SlotAhead = 16;
    private const int RecordAhead = 12;
    private const int FlowAhead = 8;
    private const int TrackerAhead = 4;

    /// <summary>Indices of the next frames' flows, as far as known: a ring.</summary>
    private readonly int[] _indices = new int[SlotAhead];

    private readonly long _accountedBefore = shard.AccountedFrames;
    private long _frames;

    /// <summary>Frames read that are in none of the shard's cells: after a fault, the one at fault.</summary>
    public long Unaccounted => _accountedBefore + _frames - shard.AccountedFrames;

    /// <summary>
    /// Called with the number of each snapshot when everything before it has been read, and with the number of frames that were read although they came behind it (of
    /// writers whose mark came before the last one's).
    /// </summary>
    public Action<long, long>? OnSnapshot { get; init; }

    /// <summary>Called before each frame with the lane's index, outside of any flow; tests throw here.</summary>
    internal Action<int>? FaultProbe { get; init; }

    public void Read()
    {
        FrameBatch batch = lane.InHand!;
        shard.Finished = batch.Finished;
        if (lane.Cursor == 0)
        {
            Approach(batch);
        }

        while (lane.Cursor < batch.Count)
        {
            LookAhead(batch, lane.Cursor);
            ref readonly LaneEntry entry = ref batch[lane.Cursor++];
            if (entry.Kind == LaneEntryKind.Frame)
            {
                _frames++;
                lane.Confluence.CountFrame(batch.Writer);
                FaultProbe?.Invoke(lane.Index);
                CapturedFrame frame = batch.Frame(entry);
                ReadOnlySpan<byte> payload = frame.Bytes.Slice(entry.Decoded.PayloadOffset, entry.Decoded.PayloadLength);
                shard.Process(frame, entry.Decoded, payload, entry.Hash);
                continue;
            }

            ReadMark(entry, batch.Writer);
        }
    }

    /// <summary>Where a connection stands in memory is found step by step; each step is taken a few frames after what it needs was asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookAhead(FrameBatch batch, int cursor)
    {
        if (cursor + SlotAhead < batch.Count)
        {
            shard.AskForSlot(batch[cursor + SlotAhead].Hash);
        }

        if (cursor + RecordAhead < batch.Count)
        {
            _indices[(cursor + RecordAhead) % SlotAhead] = shard.AskForRecord(batch[cursor + RecordAhead].Hash);
        }

        shard.AskForFlow(_indices[(cursor + FlowAhead) % SlotAhead]);
        shard.AskForTracker(_indices[(cursor + TrackerAhead) % SlotAhead]);
    }

    /// <summary>The first frames of a batch have none before them that could look ahead to them.</summary>
    private void Approach(FrameBatch batch)
    {
        for (int i = 0; i < SlotAhead && i < batch.Count; i++)
        {
            shard.AskForSlot(batch[i].Hash);
        }

        for (int i = 0; i < RecordAhead; i++)
        {
            _indices[i] = i < batch.Count ? shard.AskForRecord(batch[i].Hash) : -1;
        }

        for (int i = 0; i < FlowAhead; i++)
        {
            shard.AskForFlow(_indices[i]);
        }

        for (int i = 0; i < TrackerAhead; i++)
        {
            shard.AskForTracker(_indices[i]);
        }
    }

    private void ReadMark(in LaneEntry mark, int writer)
    {
        if (mark.Kind == LaneEntryKind.Tick)
        {
            shard.Tick(lane.Confluence.MoveTime(writer, mark.Timestamp));
            return;
        }

        if (!lane.Confluence.Arrive(writer, mark.Kind, mark.Timestamp, out long ahead))
        {
            return;
        }

        switch (mark.Kind)
        {
            case LaneEntryKind.EndSegment:
                shard.EndSegment();
                break;
            case LaneEntryKind.Snapshot:
                OnSnapshot?.Invoke(mark.Timestamp, ahead);
                break;
            default:
                lane.HasEnded = true;
                shard.Flush();
                break;
        }
    }
}
