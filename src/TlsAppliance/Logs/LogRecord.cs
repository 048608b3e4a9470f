using Microsoft.Extensions.Logging;

namespace TlsAppliance.Logs;

/// <summary>One line of the log before it is written.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Part">Which part of the program says it: <c>capture</c>, <c>sink</c> …</param>
/// <param name="Event">Name of the message's class.</param>
/// <param name="Message">The text, values filled in; not yet fit for a terminal.</param>
/// <param name="Values">The values by their names.</param>
/// <param name="Fault">What was thrown; null: nothing.</param>
/// <param name="Suppressed">How many of the same class were left out before this one.</param>
internal sealed record LogRecord(
    DateTimeOffset Time,
    LogLevel Level,
    string Part,
    string Event,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Values,
    Exception? Fault,
    long Suppressed);
