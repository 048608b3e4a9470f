using System.Globalization;
using System.Text;

namespace TlsAppliance.Logs;

/// <summary>For a person: <c>2026-01-31T23:59:59.123Z  WARN   [sink]  message  (12 suppressed)</c>.</summary>
internal sealed class ConsoleLogFormat : ILogFormat
{
    private const int MaximumMessage = 4096;

    public string Write(LogRecord record)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{record.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}  ");
        line.Append(LogLevelText.Of(record.Level).ToUpperInvariant().PadRight(5)).Append("  [").Append(Printable.Text(record.Part)).Append("]  ");
        line.Append(Printable.Text(record.Message, MaximumMessage));
        if (record.Fault is { } fault)
        {
            line.Append(": ").Append(fault.GetType().Name).Append(": ").Append(Printable.Text(fault.Message, MaximumMessage));
        }

        if (record.Suppressed > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $"  ({record.Suppressed} suppressed)");
        }

        return line.ToString();
    }
}
