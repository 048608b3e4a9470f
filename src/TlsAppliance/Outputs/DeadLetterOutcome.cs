namespace TlsAppliance.Outputs;

/// <summary>What became of dead letters that were sent again.</summary>
internal readonly record struct DeadLetterOutcome
{
    /// <summary>Letters that were sent.</summary>
    public long Sent { get; init; }

    /// <summary>Taken by the server.</summary>
    public long Indexed { get; init; }

    /// <summary>There already.</summary>
    public long Duplicate { get; init; }

    /// <summary>Refused again; they lie in a new file.</summary>
    public long Refused { get; init; }

    /// <summary>Neither there nor in a new file: nobody took them, or the new files are full. Their old file stays.</summary>
    public long Left { get; init; }

    /// <summary>Lines that are no letters. Their file stays.</summary>
    public long Unreadable { get; init; }

    /// <summary>Why some are left, as the server says it; null when none are.</summary>
    public string? Problem { get; init; }

    /// <summary>Every line of the file is settled.</summary>
    public bool IsComplete => Left == 0 && Unreadable == 0;

    public static DeadLetterOutcome operator +(DeadLetterOutcome one, DeadLetterOutcome other) => new()
    {
        Sent = one.Sent + other.Sent,
        Indexed = one.Indexed + other.Indexed,
        Duplicate = one.Duplicate + other.Duplicate,
        Refused = one.Refused + other.Refused,
        Left = one.Left + other.Left,
        Unreadable = one.Unreadable + other.Unreadable,
        Problem = one.Problem ?? other.Problem,
    };
}
