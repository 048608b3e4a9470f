using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>Ctrl-C and TERM: the first asks for a clean stop, the second ends the process at once, as does a stop that takes too long.</summary>
/// <remarks>
/// Lives until everything is written and closed. A signal that comes, or is told, after that changes nothing: what it asks for is being done, and a run that was good to its end
/// does not end with the signal's own code.
/// </remarks>
internal sealed class StopSignals : IDisposable
{
    /// <summary>To the end of the process, which is why nobody disposes them: a command listens once.</summary>
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    /// <summary>One deadline for everything that a stop does.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <summary>What sends a signal to a process and to its group, as timeout(1) does, means it once. On a busy machine the second is told long after the first.</summary>
    private static readonly TimeSpan s_echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>A first signal and the end do not meet. A second one never waits for this: it has to end a first that hangs.</summary>
    private readonly Lock _gate = new();
    private readonly Timer _deadline = new(_ => Environment.Exit(ExitCode.Failed));
    private long _first;
    private bool _isDisposed;

    public CancellationToken Token => _stop.Token;

    /// <summary>Takes the signals over, for good.</summary>
    public static StopSignals Listen()
    {
        var signals = new StopSignals();
        s_registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signals.OnSignal));
        s_registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signals.OnSignal));
        return signals;
    }

    /// <summary>What a signal does, on any thread, also after the end. An exception here would abort the process.</summary>
    internal void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            context.Cancel = Volatile.Read(ref _isDisposed) || TimeProvider.System.GetElapsedTime(_first) < s_echo;
            return;
        }

        context.Cancel = true;
        lock (_gate)
        {
            if (!_isDisposed && !_stop.IsCancellationRequested)
            {
                _first = TimeProvider.System.GetTimestamp();
                _deadline.Change(s_deadline, Timeout.InfiniteTimeSpan);
                _stop.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _deadline.Dispose();
            _stop.Dispose();
        }
    }
}
