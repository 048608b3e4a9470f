namespace TlsAppliance.Sinks.Queues;

/// <summary>What became of one event that was to be stored.</summary>
internal enum AppendOutcome : byte
{
    Stored,

    /// <summary>The bound of the queue is reached.</summary>
    Full,

    /// <summary>The disk takes nothing, and the memory for such times is used up.</summary>
    Unwritable,

    /// <summary>It never fits.</summary>
    TooLarge,
}
