using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests;

/// <summary>Frames made on the way, so many per block; a null ends the segment.</summary>
internal sealed class BlockSource(IEnumerable<RecordedFrame?> frames, int framesPerBlock = 64) : ICaptureSource
{
    private readonly IEnumerator<RecordedFrame?> _frames = frames.GetEnumerator();
    private readonly List<RecordedFrame> _collected = [];

    /// <summary>Called before each block.</summary>
    public Action? OnRead { get; set; }

    public long FramesRead { get; private set; }

    public int BlocksOut { get; private set; }

    /// <summary>Times that the reader said it would wait.</summary>
    public long Waits { get; private set; }

    public long BytesRead => 0;

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => [];

    public void ReadAhead() => Waits++;

    public bool TryRead(out FrameRun run)
    {
        OnRead?.Invoke();
        _collected.Clear();
        bool ends = false;
        while (!ends && _collected.Count < framesPerBlock && _frames.MoveNext())
        {
            if (_frames.Current is { } frame)
            {
                _collected.Add(frame);
            }
            else
            {
                ends = true;
            }
        }

        FramesRead += _collected.Count;
        run = _collected.Count == 0 && !ends ? default : new FrameRun(Block(), 0, _collected.Count, EndsSegment: ends);
        return run.Block is not null;
    }

    private FrameBlock Block()
    {
        BlocksOut++;
        return RecordedBlock.Of(_collected, _ => BlocksOut--);
    }

    public void Dispose() => _frames.Dispose();
}
