using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// The merged time line several times over. Each pass ends with a run of no frames that ends its segment. All inputs must be readable again
/// (<see cref="CaptureInputs.CanBeReadAgain"/>). Faults are those of the first pass; they would repeat.
/// </summary>
public sealed class LoopedCaptureSource : ICaptureSource
{
    private readonly CaptureInputs _inputs;
    private readonly FrameBlockPool _pool;
    private readonly int _passes;
    private readonly MergedCaptureSource _first;
    private MergedCaptureSource _current;
    private int _pass;
    private long _bytesOfEarlierPasses;

    /// <param name="inputs">What to read.</param>
    /// <param name="passes">How often, at least 1.</param>
    public LoopedCaptureSource(CaptureInputs inputs, int passes)
        : this(inputs, passes, new FrameBlockPool())
    {
    }

    internal LoopedCaptureSource(CaptureInputs inputs, int passes, FrameBlockPool pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        if (!inputs.CanBeReadAgain)
        {
            throw new ArgumentException("Standard input, pipes and devices cannot be looped.", nameof(inputs));
        }

        _inputs = inputs;
        _pool = pool;
        _passes = passes;
        _first = _current = new MergedCaptureSource(inputs, pool);
    }

    public long BytesRead => Volatile.Read(ref _bytesOfEarlierPasses) + _current.BytesRead;

    public long BytesTotal => _inputs.TotalLength * _passes;

    public IReadOnlyList<CaptureFault> Faults => _first.Faults;

    public bool TryRead(out FrameRun run)
    {
        if (_pass == _passes)
        {
            run = default;
            return false;
        }

        if (!_current.TryRead(out run))
        {
            run = EndPass();
        }

        return true;
    }

    private FrameRun EndPass()
    {
        _pass++;
        if (_pass < _passes)
        {
            Volatile.Write(ref _bytesOfEarlierPasses, _bytesOfEarlierPasses + _current.BytesRead);
            _current.Dispose();
            _current = new MergedCaptureSource(_inputs, _pool);
        }

        return new FrameRun(_pool.Rent(), 0, 0, Math.Max(0, _inputs.Files.Count - 1), EndsSegment: true);
    }

    public void Dispose() => _current.Dispose();
}
