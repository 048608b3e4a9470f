using System.Globalization;

namespace TlsAppliance.Systemd;

/// <summary>How often the service manager wants to hear that the service lives (sd_watchdog_enabled(3)).</summary>
internal static class WatchdogPeriod
{
    public const string Variable = "WATCHDOG_USEC";
    public const string ProcessVariable = "WATCHDOG_PID";

    /// <param name="microseconds">Value of <see cref="Variable"/>.</param>
    /// <param name="process">Value of <see cref="ProcessVariable"/>: whom the wish is for; null: whoever reads it.</param>
    /// <param name="self">This process.</param>
    /// <returns>Null when there is no watchdog, or it is another's.</returns>
    public static TimeSpan? Parse(string? microseconds, string? process, int self)
    {
        bool isOurs = process is null || (int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id == self);
        return isOurs && long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long period) && period is > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond
            ? TimeSpan.FromMicroseconds(period)
            : null;
    }
}
