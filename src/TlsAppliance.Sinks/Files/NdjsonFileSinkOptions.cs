namespace TlsAppliance.Sinks.Files;

/// <summary>Where the NDJSON file lies, what happens to one that is there already, and when another is begun.</summary>
public sealed record NdjsonFileSinkOptions
{
    /// <summary>The file's path; missing directories are made. Further files are called <c>x-2.ndjson</c>, <c>x-3.ndjson</c> and so on.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// false: a file that exists stays, and ours gets the next free name (<c>x-2.ndjson</c>). true: it is replaced, in one step, when ours is complete; then there
    /// is one file however large it gets.
    /// </summary>
    public bool Replace { get; init; }

    /// <summary>Another file is begun before one gets larger than this; a single event may be. 0: never.</summary>
    public long RotateBytes { get; init; }

    /// <summary>Another file is begun with the events that come so long after the first of a file. Zero: never.</summary>
    public TimeSpan RotateInterval { get; init; }

    /// <summary>So many files of this run are kept, the one being written included; the oldest go. 0: all.</summary>
    public int KeptFiles { get; init; }

    /// <summary>Mode of new files.</summary>
    /// <value>0600: events tell who talks to whom.</value>
    public UnixFileMode Permissions { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public FileSync Sync { get; init; }
}
