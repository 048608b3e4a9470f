using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// Each input for itself, in the order given: every one ends with a run of no frames that ends its segment, also one that has none or is damaged.
/// </summary>
public sealed class SequentialCaptureSource : ICaptureSource
{
    private readonly CaptureInputs _inputs;
    private readonly FrameBlockPool _pool;
    private readonly CancellationToken _cancellation;
    private readonly List<CaptureFault> _faults;
    private CaptureFileReader? _reader;
    private int _input;
    private long _bytesRead;

    /// <param name="inputs">What to read.</param>
    /// <param name="cancellation">Ends an input while a pipe is waited for.</param>
    public SequentialCaptureSource(CaptureInputs inputs, CancellationToken cancellation = default)
        : this(inputs, new FrameBlockPool(), cancellation)
    {
    }

    internal SequentialCaptureSource(CaptureInputs inputs, FrameBlockPool pool, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _inputs = inputs;
        _pool = pool;
        _faults = [.. inputs.Faults];
    }

    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesTotal => _inputs.TotalLength;

    public bool MayWait => _input < _inputs.Files.Count && !_inputs.Files[_input].CanBeReadAgain;

    public IReadOnlyList<CaptureFault> Faults => _faults;

    public bool TryRead(out FrameRun run)
    {
        if (_input == _inputs.Files.Count)
        {
            run = default;
            return false;
        }

        _reader ??= new CaptureFileReader(_inputs.Files[_input], _pool, _cancellation);
        long before = _reader.StoredBytesRead;
        bool hasFrames = _reader.TryRead(out FrameBlock? block);
        Volatile.Write(ref _bytesRead, _bytesRead + _reader.StoredBytesRead - before);
        run = hasFrames ? new FrameRun(block!, 0, block!.Count, _input) : EndFile(_reader);
        return true;
    }

    private FrameRun EndFile(CaptureFileReader reader)
    {
        if (reader.Fault is not null)
        {
            _faults.Add(reader.Fault);
        }

        _reader = null;
        return new FrameRun(_pool.Rent(), 0, 0, _input++, EndsSegment: true);
    }

    public void Dispose() => _reader?.Dispose();
}
