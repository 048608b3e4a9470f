using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests;

/// <summary>Frames from memory, some per block; a null ends the segment.</summary>
internal sealed class MemorySource : ICaptureSource
{
    private const int FramesPerBlock = 7;

    private readonly Queue<RecordedFrame?> _frames;

    public MemorySource(params IEnumerable<RecordedFrame?> frames) => _frames = new Queue<RecordedFrame?>(frames);

    public int BlocksOut { get; private set; }

    public long BytesRead => 0;

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => [];

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_frames.Count == 0)
        {
            return false;
        }

        FrameBlock block = new(1 << 20, 8, _ => BlocksOut--);
        block.Reset();
        BlocksOut++;
        bool ends = Fill(block);
        run = new FrameRun(block, 0, block.Count, EndsSegment: ends);
        return true;
    }

    private bool Fill(FrameBlock block)
    {
        int offset = 0;
        while (block.Count < FramesPerBlock && _frames.TryDequeue(out RecordedFrame? frame))
        {
            if (frame is null)
            {
                return true;
            }

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

        return false;
    }

    public void Dispose()
    {
    }
}
