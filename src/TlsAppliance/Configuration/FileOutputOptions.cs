using TlsAppliance.Sinks.Files;

namespace TlsAppliance.Configuration;

/// <summary>Where <c>-o file</c> writes, and when it begins another file.</summary>
internal sealed record FileOutputOptions
{
    private const long BytesPerKilobyte = 1024;

    /// <summary>false: the section does not count.</summary>
    public bool Enabled { get; init; } = true;

    /// <value><c>events</c> below the working directory.</value>
    public string Path { get; init; } = "events";

    /// <summary>First part of the file's name; the run's start and <c>.ndjson</c> follow.</summary>
    public string Filename { get; init; } = "tls-appliance";

    /// <value>0: a run has one file, which the summary names.</value>
    public int RotateEveryKilobytes { get; init; }

    /// <value>Zero: never.</value>
    public TimeSpan RotateInterval { get; init; }

    /// <value>0: what a run has found is kept.</value>
    public int NumberOfFiles { get; init; }

    /// <inheritdoc cref="NdjsonFileSinkOptions.Permissions"/>
    public UnixFileMode Permissions { get; init; } = new NdjsonFileSinkOptions { Path = "" }.Permissions;

    public FileSync Sync { get; init; }

    /// <summary>A run may have several files.</summary>
    public bool Rotates => RotateEveryKilobytes > 0 || RotateInterval > TimeSpan.Zero;

    /// <summary>For a file at this path.</summary>
    public NdjsonFileSinkOptions ToSink(string path) => new()
    {
        Path = path,
        RotateBytes = RotateEveryKilobytes * BytesPerKilobyte,
        RotateInterval = RotateInterval,
        KeptFiles = NumberOfFiles,
        Permissions = Permissions,
        Sync = Sync,
    };
}
