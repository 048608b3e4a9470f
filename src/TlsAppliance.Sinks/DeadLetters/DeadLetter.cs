namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>An event and why it was refused.</summary>
public readonly record struct DeadLetter
{
    /// <summary>The event's identity, <c>_id</c> of the target.</summary>
    public required UInt128 Id { get; init; }

    /// <summary>Start of the session, ns since 1970-01-01T00:00:00Z.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The event as it was sent: one JSON object without line feed. Needs to be valid only until the write returns.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The index that it was sent to.</summary>
    public required string Index { get; init; }

    /// <summary>HTTP status of the item, such as 400.</summary>
    public required int Status { get; init; }

    /// <summary><c>error.type</c> of the answer, such as <c>document_parsing_exception</c>; empty when the answer had none. Cut and escaped where it is written.</summary>
    public required string Type { get; init; }

    /// <summary><c>error.reason</c> of the answer, as it came: up to megabytes of foreign text. Cut and escaped where it is written.</summary>
    public required string Reason { get; init; }

    /// <summary>How often the event was sent, this time included.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset Time { get; init; }
}
