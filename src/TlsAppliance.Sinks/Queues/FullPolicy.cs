namespace TlsAppliance.Sinks.Queues;

/// <summary>What a full queue does with the next event.</summary>
public enum FullPolicy : byte
{
    /// <summary>It waits for room: the events come from a capture that can wait too.</summary>
    Wait,

    /// <summary>It drops the newest and counts it: the wire does not wait.</summary>
    DropNewest,
}
