using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// The merged time line several times over, or without end. Each pass ends with a run of no frames that ends its segment. All inputs must be readable again
/// (<see cref="CaptureInputs.CanBeReadAgain"/>). Faults are those of the first pass; they would repeat.
/// </summary>
public sealed class LoopedCaptureSource : ICaptureSource
{
    /// <summary>As number of passes: until nobody reads any more.</summary>
    public const int Endless = 0;

    private readonly CaptureInputs _inputs;
    private readonly FrameBlockPool _pool;
    private readonly int _passes;
    private readonly MergedCaptureSource _first;
    private MergedCaptureSource _current;
    private long _pass;
    private bool _isEmpty = true;
    private bool _hasEnded;
    private long _bytesOfEarlierPasses;

    /// <param name="inputs">What to read.</param>
    /// <param name="passes">How often, or <see cref="Endless"/>: then inputs without a frame end after the first pass all the same.</param>
    public LoopedCaptureSource(CaptureInputs inputs, int passes)
        : this(inputs, passes, new FrameBlockPool())
    {
    }

    internal LoopedCaptureSource(CaptureInputs inputs, int passes, FrameBlockPool pool)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passes);
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

    public long BytesTotal => _passes == Endless ? -1 : _inputs.TotalLength * _passes;

    public IReadOnlyList<CaptureFault> Faults => _first.Faults;

    public bool TryRead(out FrameRun run)
    {
        if (_hasEnded)
        {
            run = default;
            return false;
        }

        if (_current.TryRead(out run))
        {
            _isEmpty = false;
            return true;
        }

        run = EndPass();
        return true;
    }

    private FrameRun EndPass()
    {
        _hasEnded = _isEmpty || ++_pass == _passes;
        if (!_hasEnded)
        {
            MergedCaptureSource ended = _current;
            _current = new MergedCaptureSource(_inputs, _pool);
            Volatile.Write(ref _bytesOfEarlierPasses, _bytesOfEarlierPasses + ended.BytesRead);
            ended.Dispose();
        }

        return new FrameRun(_pool.Rent(), 0, 0, Math.Max(0, _inputs.Files.Count - 1), EndsSegment: true);
    }

    public void Dispose() => _current.Dispose();
}
