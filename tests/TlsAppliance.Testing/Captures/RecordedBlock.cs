using TlsAppliance.Network.Frames;

namespace TlsAppliance.Testing.Captures;

/// <summary>Recorded frames in one block, as a reader of captures hands them over.</summary>
public static class RecordedBlock
{
    /// <param name="frames">In the order of the input; may be none.</param>
    /// <param name="recycle">Called when the last reference is released.</param>
    public static FrameBlock Of(IReadOnlyCollection<RecordedFrame> frames, Action<FrameBlock>? recycle = null)
    {
        FrameBlock block = new(frames.Sum(frame => frame.Bytes.Length), Math.Max(1, frames.Count), recycle);
        block.Reset();
        int offset = 0;
        foreach (RecordedFrame frame in frames)
        {
            frame.Bytes.CopyTo(block.Buffer, offset);
            block.Add(new FrameRecord
            {
                Timestamp = frame.Timestamp,
                Offset = offset,
                Length = frame.Bytes.Length,
                WireLength = frame.LengthOnWire,
                LinkType = frame.LinkType,
            });
            offset += frame.Bytes.Length;
        }

        return block;
    }
}
