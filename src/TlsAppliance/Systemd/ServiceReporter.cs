namespace TlsAppliance.Systemd;

/// <summary>
/// Keeps the service manager informed while a run lasts: that it is ready, what it does at the moment, that it lives, and that it stops. It lives as long as
/// nothing hangs: otherwise the watchdog hears nothing, and the manager starts the service anew.
/// </summary>
internal sealed class ServiceReporter : IDisposable
{
    /// <summary>How often the status line is renewed when there is no watchdog to keep up with.</summary>
    private static readonly TimeSpan s_statusPeriod = TimeSpan.FromSeconds(10);

    private readonly ServiceSocket _socket;
    private readonly Func<string> _status;
    private readonly Func<bool> _hangs;
    private readonly bool _watched;
    private readonly ITimer _timer;

    private ServiceReporter(ServiceSocket socket, TimeSpan? watchdog, Func<string> status, Func<bool> hangs, TimeProvider time)
    {
        (_socket, _status, _hangs, _watched) = (socket, status, hangs, watchdog is not null);
        _socket.Send("READY=1\n" + Report());

        // Half of the watchdog's period, as sd_watchdog_enabled(3) has it.
        TimeSpan period = watchdog is { } given && given / 2 < s_statusPeriod ? given / 2 : s_statusPeriod;
        _timer = time.CreateTimer(_ => _socket.Send(Report()), null, period, period);
    }

    /// <summary>To be called when frames are being captured.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    /// <param name="hangs">True when a part of the engine no longer moves.</param>
    /// <param name="time">Whose timer to use.</param>
    /// <returns>Null when no service manager listens.</returns>
    public static ServiceReporter? Start(Func<string> status, Func<bool> hangs, TimeProvider time)
    {
        TimeSpan? watchdog = WatchdogPeriod.Parse(
            Environment.GetEnvironmentVariable(WatchdogPeriod.Variable), Environment.GetEnvironmentVariable(WatchdogPeriod.ProcessVariable), Environment.ProcessId);
        return Start(Environment.GetEnvironmentVariable(ServiceSocket.Variable), watchdog, status, hangs, time);
    }

    internal static ServiceReporter? Start(string? address, TimeSpan? watchdog, Func<string> status, Func<bool> hangs, TimeProvider time) =>
        ServiceSocket.Open(address) is { } socket ? new ServiceReporter(socket, watchdog, status, hangs, time) : null;

    /// <summary>The first thing of a stop: from now on the manager counts its own deadline.</summary>
    public void Stopping() => _socket.Send("STOPPING=1\nSTATUS=writing out what is left");

    private string Report() => $"STATUS={Printable.Text(_status())}{(_watched && !_hangs() ? "\nWATCHDOG=1" : "")}";

    public void Dispose()
    {
        _timer.Dispose();
        _socket.Dispose();
    }
}
