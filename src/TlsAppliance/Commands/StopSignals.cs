using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>Ctrl-C and TERM: the first asks for a clean stop, the second ends the process at once, as does a stop that takes too long.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>One deadline for everything that a stop does.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer _deadline;

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
            return;
        }

        context.Cancel = true;
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
