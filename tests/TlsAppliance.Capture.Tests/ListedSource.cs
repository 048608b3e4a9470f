using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

/// <summary>Runs from memory, one per list of frames; a list without frames ends the segment. It knows how many of its blocks are still out.</summary>
internal sealed class ListedSource(params RecordedFrame[][] runs) : ICaptureSource
{
    private int _next, _blocksOut;

    /// <summary>May be asked on another thread than reads.</summary>
    public int BlocksOut => Volatile.Read(ref _blocksOut);

    public bool IsDisposed { get; private set; }

    /// <summary>In runs; may be asked on another thread.</summary>
    public long BytesRead => Volatile.Read(ref _next);

    public long BytesTotal => runs.Length;

    public IReadOnlyList<CaptureFault> Faults { get; init; } = [];

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_next == runs.Length)
        {
            return false;
        }

        RecordedFrame[] frames = runs[_next++];
        FrameBlock block = new(frames.Sum(frame => frame.Bytes.Length), Math.Max(1, frames.Length), _ => Interlocked.Decrement(ref _blocksOut));
        block.Reset();
        Interlocked.Increment(ref _blocksOut);
        int offset = 0;
        foreach (RecordedFrame frame in frames)
        {
            frame.Bytes.CopyTo(block.Buffer, offset);
            block.Add(new FrameRecord { Timestamp = frame.Timestamp, Offset = offset, Length = frame.Bytes.Length, WireLength = frame.LengthOnWire, LinkType = LinkType.Ethernet });
            offset += frame.Bytes.Length;
        }

        run = new FrameRun(block, 0, frames.Length, EndsSegment: frames.Length == 0);
        return true;
    }

    public void Dispose() => IsDisposed = true;
}
