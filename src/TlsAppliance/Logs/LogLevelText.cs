using Microsoft.Extensions.Logging;

namespace TlsAppliance.Logs;

/// <summary>Levels by the names that Beats has for them.</summary>
internal static class LogLevelText
{
    public static string Of(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
