using System.Diagnostics;
using System.Text.Json.Nodes;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Elasticsearch.Tests.Replay;

/// <summary>The program as a user runs it, against one server and with data and index names of its own.</summary>
internal sealed class Appliance : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _url;
    private readonly string? _prefix;

    /// <param name="server">Where events go.</param>
    /// <param name="prefix">Of the one index of all years: each year of an archive of its own takes the server a second. Null: the usual indices.</param>
    public Appliance(ElasticsearchNode server, string? prefix) => (_url, _prefix) = (server.Url, prefix);

    public string Indices => _prefix + "-*";

    public string Folder => _folder.Path;

    /// <summary>Options of <c>-E</c> that every run has.</summary>
    public string[] Settings =>
    [
        "-E", $"output.elasticsearch.hosts=[{_url}]", "-E", $"path.data={_folder.Combine("data")}",
        "-E", "setup.template.settings.index.number_of_replicas=0", .. _prefix is null ? (string[])[] : ["-E", $"output.elasticsearch.index={_prefix}-all"],
    ];

    /// <summary>Runs <c>replay</c> into the server; the summary is read from <c>--json</c>.</summary>
    public (ToolProcess Process, JsonNode Summary) Replay(params string[] arguments)
    {
        ToolProcess process = ToolProcess.Appliance(["replay", "-o", "elasticsearch", "--json", "--wait", "10m", .. Settings, .. arguments], folder: _folder.Path);
        return (process, JsonNode.Parse(process.Output.Length > 0 ? process.Output : throw new InvalidOperationException(process.Everything))!);
    }

    /// <summary>Starts <c>replay</c> into the server and does not wait. It prints nothing but what is wrong, into the output of the tests.</summary>
    public Process Start(params string[] arguments) => ToolProcess.StartAppliance(["replay", "-o", "elasticsearch", "-q", "--wait", "10m", .. Settings, .. arguments], _folder.Path);

    /// <summary>The events that the same replay writes to the standard output, by <c>event.id</c>, as they are.</summary>
    public static SortedDictionary<string, string> Events(params string[] arguments)
    {
        SortedDictionary<string, string> events = new(StringComparer.Ordinal);
        foreach (string line in ToolProcess.Appliance(["replay", "-o", "stdout", "-q", .. arguments]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            events.Add((string)JsonNode.Parse(line)!["event"]!["id"]!, line);
        }

        return events;
    }

    public void Dispose() => _folder.Dispose();
}
