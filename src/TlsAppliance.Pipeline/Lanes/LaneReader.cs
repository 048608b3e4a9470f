using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>Reads the batch in hand into a shard. A fault leaves the cursor behind the entry at fault, and the rest of the batch for the next shard.</summary>
internal sealed class LaneReader(Lane lane, Shard shard)
{
    private readonly long _accountedBefore = shard.AccountedFrames;
    private long _frames;

    /// <summary>Frames read that are in none of the shard's cells: after a fault, the one at fault.</summary>
    public long Unaccounted => _accountedBefore + _frames - shard.AccountedFrames;

    /// <summary>Called with the number of each snapshot when everything before it has been read.</summary>
    public Action<long>? OnSnapshot { get; init; }

    /// <summary>Called before each frame with the lane's index, outside of any flow; tests throw here.</summary>
    internal Action<int>? FaultProbe { get; init; }

    public void Read()
    {
        FrameBatch batch = lane.InHand!;
        shard.Finished = batch.Finished;
        while (lane.Cursor < batch.Count)
        {
            ref readonly LaneEntry entry = ref batch[lane.Cursor++];
            if (entry.Kind == LaneEntryKind.Frame)
            {
                _frames++;
                FaultProbe?.Invoke(lane.Index);
                CapturedFrame frame = batch.Frame(entry);
                ReadOnlySpan<byte> payload = frame.Bytes.Slice(entry.Decoded.PayloadOffset, entry.Decoded.PayloadLength);
                shard.Process(frame, entry.Decoded, payload, entry.Hash);
                continue;
            }

            ReadMark(entry);
        }
    }

    private void ReadMark(in LaneEntry mark)
    {
        switch (mark.Kind)
        {
            case LaneEntryKind.Tick:
                shard.Tick(mark.Timestamp);
                break;
            case LaneEntryKind.EndSegment:
                shard.EndSegment();
                break;
            case LaneEntryKind.Snapshot:
                OnSnapshot?.Invoke(mark.Timestamp);
                break;
            default:
                lane.HasEnded = true;
                shard.Flush();
                break;
        }
    }
}
