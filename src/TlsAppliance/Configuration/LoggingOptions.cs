using Microsoft.Extensions.Logging;

namespace TlsAppliance.Configuration;

/// <summary>The program's own log, as Beats configures it.</summary>
internal sealed record LoggingOptions
{
    /// <summary>Somebody has said something about the log. A replay leaves no log files where nobody asked for any.</summary>
    public bool IsMentioned { get; init; }

    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Parts of which debug lines are shown; empty: all.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = [];

    /// <summary>To the standard error instead of files, as console text unless <see cref="IsJson"/>.</summary>
    public bool ToStandardError { get; init; }

    public bool ToFiles { get; init; } = true;

    /// <summary>One ECS object a line; else text for a person. Files are always JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Directory of the log files; empty: <c>path.logs</c>.</summary>
    public string FilesPath { get; init; } = "";

    /// <summary>First part of the files' names.</summary>
    public string FilesName { get; init; } = "tls-appliance";

    public long RotateAtBytes { get; init; } = 10 << 20;

    /// <summary>Files that stay when a new one is begun.</summary>
    public int KeptFiles { get; init; } = 7;

    public UnixFileMode FilesMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Time between two lines of counters; zero: none.</summary>
    public TimeSpan MetricsPeriod { get; init; } = TimeSpan.FromSeconds(30);

    public bool MetricsEnabled { get; init; } = true;
}
