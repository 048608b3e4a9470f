using System.Runtime.ExceptionServices;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// Another source, of which a thread of its own reads a few runs ahead while its reader waits for something else. At other times the reader reads for itself: what it looks at is then in its own
/// core's cache, and fetching all of it from another core's was seen to cost more than the reading. The order stays.
/// </summary>
public sealed class ReadAheadSource : ICaptureSource
{
    /// <summary>Runs that are read ahead, a block of 256 KiB each as a rule: enough to bridge a pause, few enough to stay in the caches.</summary>
    public const int Runs = 4;

    private readonly ICaptureSource _inner;
    private readonly Queue<FrameRun> _ready = new(Runs);

    /// <summary>Held by whoever reads; <see cref="_ready"/> is its own lock and may be taken inside.</summary>
    private readonly object _reading = new();
    private readonly AutoResetEvent _wanted = new(initialState: false);
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _hasStarted, _hasEnded;
    private volatile bool _isDisposed;

    /// <param name="inner">Owned from here on.</param>
    public ReadAheadSource(ICaptureSource inner)
    {
        _inner = inner;
        _thread = new Thread(ReadOnDemand) { IsBackground = true, Name = "read ahead" };
    }

    public bool MayWait => _inner.MayWait;

    public long BytesRead => _inner.BytesRead;

    public long BytesTotal => _inner.BytesTotal;

    public IReadOnlyList<CaptureFault> Faults => _inner.Faults;

    public bool TryRead(out FrameRun run)
    {
        if (TryTake(out run))
        {
            return true;
        }

        lock (_reading)
        {
            if (TryTake(out run))
            {
                return true;
            }

            _failure?.Throw();
            return !_hasEnded && ReadNext(out run);
        }
    }

    public void ReadAhead()
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            _thread.Start();
        }

        _wanted.Set();
    }

    /// <summary>Reading ends, and what nobody asked for is given back.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (_hasStarted)
        {
            _wanted.Set();
            _thread.Join();
        }

        while (_ready.TryDequeue(out FrameRun run))
        {
            run.Block.Release();
        }

        _wanted.Dispose();
        _inner.Dispose();
    }

    private bool TryTake(out FrameRun run)
    {
        lock (_ready)
        {
            return _ready.TryDequeue(out run);
        }
    }

    private bool ReadNext(out FrameRun run)
    {
        _hasEnded = !_inner.TryRead(out run);
        return !_hasEnded;
    }

    private void ReadOnDemand()
    {
        while (!_isDisposed)
        {
            _wanted.WaitOne();
            while (!_isDisposed && TryReadAhead())
            {
            }
        }
    }

    /// <summary>False: there is nothing to read ahead, or enough was.</summary>
    private bool TryReadAhead()
    {
        lock (_reading)
        {
            if (_hasEnded || _failure is not null || IsFarAhead)
            {
                return false;
            }

            try
            {
                if (ReadNext(out FrameRun run))
                {
                    Put(run);
                }
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
            }

            return true;
        }
    }

    private bool IsFarAhead
    {
        get
        {
            lock (_ready)
            {
                return _ready.Count >= Runs;
            }
        }
    }

    private void Put(FrameRun run)
    {
        lock (_ready)
        {
            _ready.Enqueue(run);
        }
    }
}
