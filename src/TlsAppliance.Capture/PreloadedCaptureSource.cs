using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// Another source, read once into memory and handed out from there once, several times or without end: no pass touches the input again, so standard input can be
/// looped too. Frames are packed into blocks of their own, because those of a pipe are mostly empty. Each pass ends with a run of no frames that ends its segment.
/// </summary>
public sealed class PreloadedCaptureSource : ICaptureSource
{
    /// <summary>Large objects, which the collector leaves where they are.</summary>
    private const int BlockSize = 1 << 20;

    private const int FramesPerBlock = BlockSize / 256;

    private readonly ICaptureSource _inner;
    private readonly int _passes;
    private readonly List<LoadedRun> _runs = [];
    private readonly FrameBlock _none = new(0, 0);
    private bool _isLoaded;
    private int _filled;
    private int _next;
    private long _pass;
    private long _bytesPerPass;
    private long _bytesRead;

    /// <param name="inner">What to read; disposed with this.</param>
    /// <param name="passes">How often, or <see cref="LoopedCaptureSource.Endless"/>: then an input without a frame ends after the first pass all the same.</param>
    public PreloadedCaptureSource(ICaptureSource inner, int passes = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passes);
        (_inner, _passes) = (inner, passes);
        _none.Reset();
    }

    /// <summary>Captured bytes handed over, of all passes.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesTotal => _passes == LoopedCaptureSource.Endless ? -1 : _bytesPerPass * _passes;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    /// <param name="Run">Part of one of our blocks; the reference is ours.</param>
    /// <param name="Bytes">Captured bytes of its frames.</param>
    private readonly record struct LoadedRun(FrameRun Run, long Bytes);

    /// <summary>Reads the input to its end, unless cancelled. The first <see cref="TryRead"/> does it too.</summary>
    public void Load(CancellationToken cancellation = default)
    {
        if (_isLoaded)
        {
            return;
        }

        _isLoaded = true;
        while (!cancellation.IsCancellationRequested && _inner.TryRead(out FrameRun run))
        {
            Keep(run);
            run.Block.Release();
        }
    }

    private void Keep(in FrameRun run)
    {
        foreach (ref readonly FrameRecord record in run.Block.Records.Slice(run.Start, run.Count))
        {
            FrameRun part = RunWithRoom(run.Input, record.Length);
            run.Block.Bytes.Slice(record.Offset, record.Length).CopyTo(part.Block.Buffer.AsSpan(_filled));
            part.Block.Add(record with { Offset = _filled });
            _filled += record.Length;
            _bytesPerPass += record.Length;
            _runs[^1] = new LoadedRun(part with { Count = part.Count + 1 }, _runs[^1].Bytes + record.Length);
        }

        if (run.EndsSegment && _runs.Count > 0)
        {
            _runs[^1] = _runs[^1] with { Run = _runs[^1].Run with { EndsSegment = true } };
        }
    }

    /// <summary>The last run, if the frame belongs to it and fits, else a new one, in the same block if it fits there.</summary>
    private FrameRun RunWithRoom(int input, int length)
    {
        FrameRun last = _runs.Count > 0 ? _runs[^1].Run : default;
        bool fits = _runs.Count > 0 && last.Block.Buffer.Length - _filled >= length;
        if (fits && last.Input == input && !last.EndsSegment)
        {
            return last;
        }

        FrameBlock block = fits ? last.Block : NewBlock(length);
        FrameRun run = new(block, block.Count, 0, input);
        _runs.Add(new LoadedRun(run, 0));
        return run;
    }

    private FrameBlock NewBlock(int length)
    {
        _filled = 0;
        FrameBlock block = new(Math.Max(length, BlockSize), FramesPerBlock);
        block.Reset();
        return block;
    }

    public bool TryRead(out FrameRun run)
    {
        Load();
        run = default;
        if (_pass > 0 && (_pass == _passes || _runs.Count == 0))
        {
            return false;
        }

        run = _next < _runs.Count ? Repeat(_runs[_next++]) : EndPass();

        // The receiver gives back a reference of its own; ours stays.
        run.Block.Retain();
        return true;
    }

    private FrameRun Repeat(in LoadedRun loaded)
    {
        Volatile.Write(ref _bytesRead, _bytesRead + loaded.Bytes);
        return loaded.Run;
    }

    private FrameRun EndPass()
    {
        _pass++;
        _next = 0;
        return new FrameRun(_none, 0, 0, EndsSegment: true);
    }

    public void Dispose()
    {
        _runs.Clear();
        _inner.Dispose();
    }
}
