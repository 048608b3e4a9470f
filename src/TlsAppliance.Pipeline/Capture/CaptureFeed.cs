using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;

namespace TlsAppliance.Pipeline.Capture;

/// <summary>
/// What of a capture outlives its source: the dispatcher with its clock, its fragments and its shunt, and the counters. Used by one thread at a time: that of the capture's actor, and
/// while there is none, the supervisor's.
/// </summary>
internal sealed class CaptureFeed : ISourcePressure
{
    /// <summary>What is collected for a shard waits so long, and a little longer only if nothing else comes: a shard is not woken for every block of a ring.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Losses are told as a share of the frames of so long a time.</summary>
    private static readonly TimeSpan LossInterval = TimeSpan.FromSeconds(1);

    private readonly LiveInput _input;
    private readonly int _index;
    private readonly SnapshotBoard _board;
    private readonly TimeProvider _time;
    private ILiveSource? _source;
    private long _lastRun, _lastFlush, _lastLoss;
    private KernelCounters _atLastLoss;
    private long _framesAtLastLoss, _shedAtLastLoss;

    public CaptureFeed(LiveInput input, int index, PipelineOptions options, Network.Flows.FlowHash hash, LaneWriter[] lanes, SnapshotBoard board, TimeProvider time)
    {
        (_input, _index, _board, _time) = (input, index, board, time);
        Dispatcher = new FrameDispatcher(options, hash, lanes, this);
        Health = new CaptureHealth(input.Interface, input.Thread);
        _lastRun = _lastFlush = _lastLoss = time.GetTimestamp();
    }

    public FrameDispatcher Dispatcher { get; }

    public CaptureHealth Health { get; }

    /// <summary>The last step waited in vain.</summary>
    public bool IsIdle { get; private set; }

    public bool IsPressed => _source is { IsPressed: true };

    /// <summary>Opens the interface; throws whatever opening it throws.</summary>
    public void Open()
    {
        _source = _input.Open();
        Health.Opened(_source);
    }

    /// <summary>Takes the next frames, or lets time pass. False: the source has ended, see <see cref="Fault"/>.</summary>
    public bool Step()
    {
        if (!_source!.TryRead(out FrameRun run))
        {
            return false;
        }

        long latest = run.Count > 0 ? run.Block.Records[run.Start + run.Count - 1].Timestamp : 0;
        Dispatcher.Dispatch(run);
        IsIdle = run.Count == 0;
        Health.Frames = Dispatcher.Counters.Frames;

        // A clock that was set back must not stop the timeouts.
        PassTime(moves: run.Count == 0 || Dispatcher.Now - latest > (long)Watermark.MaximumLead);
        return true;
    }

    /// <summary>Why the source has ended; null when it was stopped.</summary>
    public CaptureFault? Fault => _source?.Faults.Count > 0 ? _source.Faults[^1] : null;

    /// <summary>Lets time pass while there is no source.</summary>
    public void Rest() => PassTime(moves: true);

    public void Stop() => _source?.Stop();

    /// <summary>Closes the source, if one is open. Its counters are kept.</summary>
    public void Close()
    {
        if (_source is { } source)
        {
            source.Dispose();
            Health.Closed();
            _source = null;
        }
    }

    /// <summary>Takes the snapshot that others have taken already, so that the last one finds all at the same number.</summary>
    public void CatchUp() => TakeSnapshot(isFinal: false, mayWait: true);

    /// <summary>Nothing follows: open sessions are published, and the last snapshot covers everything.</summary>
    public void End()
    {
        Dispatcher.EndSegment();
        TakeSnapshot(isFinal: true, mayWait: true);
        Dispatcher.Mark(LaneEntryKind.EndOfInput, 0);
    }

    private void PassTime(bool moves)
    {
        long now = _time.GetTimestamp();
        if (moves)
        {
            long clock = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            Dispatcher.Pass(_time.GetElapsedTime(_lastRun, now).Ticks * TimeSpan.NanosecondsPerTick, clock);
        }

        _lastRun = now;
        TakeSnapshot(isFinal: false, mayWait: false);
        if (_time.GetElapsedTime(_lastFlush, now) >= FlushInterval)
        {
            _lastFlush = now;
            Dispatcher.Flush();
            MeasureLoss(now);
        }
    }

    private void MeasureLoss(long now)
    {
        if (_time.GetElapsedTime(_lastLoss, now) < LossInterval)
        {
            return;
        }

        KernelCounters kernel = Health.Kernel;
        long received = kernel.Received - _atLastLoss.Received;
        Health.LatestLoss = received > 0 ? (double)(kernel.Dropped - _atLastLoss.Dropped) / received : 0;
        long frames = Dispatcher.Counters.Frames, shed = Dispatcher.Counters.ShedMidstream + Dispatcher.Counters.DroppedByLane;
        Health.LatestShed = frames > _framesAtLastLoss ? (double)(shed - _shedAtLastLoss) / (frames - _framesAtLastLoss) : 0;
        (_lastLoss, _atLastLoss, _framesAtLastLoss, _shedAtLastLoss) = (now, kernel, frames, shed);
    }

    private void TakeSnapshot(bool isFinal, bool mayWait)
    {
        // The counters of the kernel and of the interface cost system calls, and this is asked for every block of a ring. A shard that hangs must not hold the capture.
        if (!_board.IsDue(_index) || (!mayWait && !Dispatcher.HasRoomForMarks))
        {
            return;
        }

        long number = _board.Begin(Dispatcher.Counters, _index, Health.Kernel, isFinal);
        if (number != 0)
        {
            Dispatcher.Mark(LaneEntryKind.Snapshot, number);
        }
    }
}
