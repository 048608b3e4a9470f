namespace TlsAppliance.Sinks.Files;

/// <summary>Where the NDJSON file lies and what happens to one that is there already.</summary>
public sealed record NdjsonFileSinkOptions
{
    /// <summary>The file's path; missing directories are made.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// false: a file that exists stays, and ours gets the next free name (<c>x-2.ndjson</c>). true: it is replaced, in one step, when ours is complete.
    /// </summary>
    public bool Replace { get; init; }
}
