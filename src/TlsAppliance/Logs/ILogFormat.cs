namespace TlsAppliance.Logs;

/// <summary>How a record becomes a line.</summary>
internal interface ILogFormat
{
    /// <summary>One line without its end; whatever the values hold, it has no control characters.</summary>
    string Write(LogRecord record);
}
