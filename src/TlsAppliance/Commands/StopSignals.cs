using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>Ctrl-C and TERM: the first asks for a clean stop, the second ends the process at once, as does a stop that takes too long.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>One deadline for everything that a stop does.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <summary>What sends a signal to a process and to its group, as timeout(1) does, means it once.</summary>
    private static readonly TimeSpan s_echo = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer _deadline;
    private long _first;

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

    private void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            context.Cancel = TimeProvider.System.GetElapsedTime(_first) < s_echo;
            return;
        }

        context.Cancel = true;
        _first = TimeProvider.System.GetTimestamp();
        _deadline.Change(s_deadline, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _deadline.Dispose();
        _stop.Dispose();
    }
}
