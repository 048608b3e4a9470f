using System.Runtime.ExceptionServices;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// Another source, read by a thread of its own a few runs ahead of whoever asks: copying a file's bytes and finding its records is a good part of the work on most frames, and with a
/// second core it need not wait for the rest. The order stays.
/// </summary>
public sealed class ReadAheadSource : ICaptureSource
{
    /// <summary>Runs that wait, a block of 256 KiB each as a rule: enough to bridge a pause of either side, few enough to stay in the caches.</summary>
    public const int Runs = 8;

    /// <summary>A reader that was ahead far enough goes on when no more than so many wait: one change of threads for several runs.</summary>
    private const int RunsToGoOn = Runs / 2;

    private readonly ICaptureSource _inner;
    private readonly Queue<FrameRun> _ready = new(Runs);
    private readonly object _gate = new();
    private readonly Thread _reader;
    private ExceptionDispatchInfo? _failure;
    private bool _hasStarted, _hasEnded, _isDisposed, _isFull, _isAwaited;

    /// <param name="inner">Owned from here on.</param>
    public ReadAheadSource(ICaptureSource inner)
    {
        _inner = inner;
        _reader = new Thread(ReadAhead) { IsBackground = true, Name = "read ahead" };
    }

    public bool MayWait => _inner.MayWait;

    public long BytesRead => _inner.BytesRead;

    public long BytesTotal => _inner.BytesTotal;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        lock (_gate)
        {
            Start();
            while (_ready.Count == 0 && !_hasEnded)
            {
                _isAwaited = true;
                Monitor.Wait(_gate);
            }

            _isAwaited = false;
            if (_ready.TryDequeue(out run))
            {
                LetReaderGoOn();
                return true;
            }
        }

        _failure?.Throw();
        return false;
    }

    /// <summary>Reading ends, and what nobody asked for is given back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        if (_hasStarted)
        {
            _reader.Join();
        }

        while (_ready.TryDequeue(out FrameRun run))
        {
            run.Block.Release();
        }

        _inner.Dispose();
    }

    private void Start()
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            _reader.Start();
        }
    }

    private void ReadAhead()
    {
        try
        {
            while (_inner.TryRead(out FrameRun run) && TryPut(run))
            {
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }

        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void LetReaderGoOn()
    {
        if (_isFull && _ready.Count <= RunsToGoOn)
        {
            _isFull = false;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>False: nobody wants more.</summary>
    private bool TryPut(FrameRun run)
    {
        lock (_gate)
        {
            _isFull = _ready.Count == Runs;
            while (_isFull && !_isDisposed)
            {
                Monitor.Wait(_gate);
            }

            _ready.Enqueue(run);
            if (_isAwaited)
            {
                Monitor.PulseAll(_gate);
            }

            return !_isDisposed;
        }
    }
}
