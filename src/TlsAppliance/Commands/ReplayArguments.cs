using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Commands;

/// <summary>What the user asked <c>replay</c> or <c>inspect</c> to do.</summary>
internal sealed record ReplayArguments
{
    /// <summary>Files, directories, patterns, <c>-</c>, in the user's order.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    public OutputKind Output { get; init; } = OutputKind.File;

    /// <summary>The user said it on the command line; else the configuration decides, if it names one.</summary>
    public bool IsOutputChosen { get; init; } = true;

    public ConfigurationArguments Configuration { get; init; } = new();

    /// <summary>Directory for one event file per capture; null: one time line.</summary>
    public string? PerFileDirectory { get; init; }

    /// <summary>Sessions shown in the table; 0 shows none.</summary>
    public int Rows { get; init; } = DefaultRows;

    /// <summary>What <c>inspect</c> shows.</summary>
    public SessionQuery Query { get; init; } = new();

    public bool Quiet { get; init; }

    public bool Json { get; init; }

    public bool Strict { get; init; }

    /// <summary>How long an output may take nothing before the run ends.</summary>
    public TimeSpan Wait { get; init; } = DefaultWait;

    public LoadArguments Load { get; init; } = LoadArguments.Plain;

    /// <summary>File for the report; null: none.</summary>
    public string? ReportPath { get; init; }

    /// <summary>With the output that the configuration names, unless the command line names one.</summary>
    /// <param name="configured">Names of outputs.</param>
    public ReplayArguments WithOutput(IReadOnlyList<string> configured) => IsOutputChosen ? this : this with
    {
        Output = (configured.Count > 0 ? configured[0] : "") switch
        {
            "elasticsearch" => OutputKind.Elasticsearch,
            "console" => OutputKind.Stdout,
            _ => Output,
        },
    };

    public const int DefaultRows = 50;

    public static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(5);
}
