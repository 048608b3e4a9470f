using System.Text.Json;
using TlsAppliance.Pipeline.Diagnostics;

namespace TlsAppliance.Telemetry;

/// <summary>Whom the endpoint asks. All of it may be called on any thread.</summary>
/// <param name="Pipeline">The engine.</param>
internal sealed record StatusSources(PipelineStatus Pipeline)
{
    /// <summary>Further reasons why the box is not to be relied on, one phrase each: output, queue, capture.</summary>
    public IReadOnlyList<Func<IEnumerable<string>>> Complaints { get; init; } = [];

    /// <summary>All reasons why the box is not to be relied on; empty when it is.</summary>
    public IEnumerable<string> AllComplaints() => Pipeline.Complaints().Concat(Complaints.SelectMany(ask => ask()));

    /// <summary>Names of further meters for <c>/metrics</c>.</summary>
    public IReadOnlyList<string> Meters { get; init; } = [];

    /// <summary>What an output without figures of its own is called: <c>file</c>, <c>console</c>, <c>none</c>.</summary>
    public string OutputName { get; init; } = "file";

    /// <summary>The output's own figures; null: what the engine itself knows of it.</summary>
    public Func<OutputStatistics>? Output { get; init; }

    /// <summary>Writes the elements of <c>/inputs/</c>, one object for each capture; null: there are none.</summary>
    public Action<Utf8JsonWriter>? Inputs { get; init; }

    /// <summary>The same for a person, one line for each capture.</summary>
    public Func<IEnumerable<string>>? InputLines { get; init; }

    /// <summary>Name of this sensor; empty: the host's.</summary>
    public string Name { get; init; } = "";
}
