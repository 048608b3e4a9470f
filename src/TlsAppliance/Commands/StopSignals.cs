using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>Ctrl-C and TERM: the first asks for a clean stop, the second ends the process at once, as does a stop that takes too long.</summary>
/// <remarks>
/// Lives until everything is written and closed. The runtime calls on a thread of its own and may come late: a signal that arrived while this was there can be told when it is
/// disposed. What it asks for is being done then.
/// </remarks>
internal sealed class StopSignals : IDisposable
{
    /// <summary>One deadline for everything that a stop does.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <summary>What sends a signal to a process and to its group, as timeout(1) does, means it once. On a busy machine the second is told long after the first.</summary>
    private static readonly TimeSpan s_echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>A first signal and the end do not meet. A second one never waits for this: it has to end a first that hangs.</summary>
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer _deadline;
    private long _first;
    private bool _isDisposed;

    public StopSignals()
    {
        _deadline = new Timer(_ => Environment.Exit(ExitCode.Failed));
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _stop.Token;

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
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        lock (_gate)
        {
            _isDisposed = true;
            _deadline.Dispose();
            _stop.Dispose();
        }
    }
}
