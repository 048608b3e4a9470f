using System.CommandLine;
using System.Text.Json.Nodes;
using TlsAppliance.Configuration;
using TlsAppliance.Reports;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Setup;

namespace TlsAppliance.Commands;

/// <summary><c>test output</c>: tries the output of the configuration and says in one line for each host what is wrong with it.</summary>
internal static class TestOutputCommand
{
    /// <summary>Somebody is waiting in front of it.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var switches = new ConfigurationSwitches();
        Option<string> layout = SharedOptions.Layout();
        var json = new Option<bool>("--json") { Description = "One JSON object per host: host, ok, failure, message, found." };
        var command = new Verb(
            "output",
            "Try the output: name, connection, TLS, credentials, version, permission. Nothing is written. Exit 69 when something is wrong.",
            "tls-appliance test output -c tls-appliance.yml",
            "tls-appliance test output -E output.elasticsearch.hosts=[https://es:9200]",
            "tls-appliance test output --json -c tls-appliance.yml | jq -r .message")
        {
            json, layout,
        };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() =>
            ConfiguredOptions.TryLoad(switches.Read(result, quiet: true).With(layout.Name, ApplianceRegistry.LayoutKey, result.GetValue(layout)), out ApplianceOptions options)
                ? Execute(options, result.GetValue(json))
                : ExitCode.BadConfiguration));
        return command;
    }

    private static int Execute(ApplianceOptions options, bool json)
    {
        if (options.Outputs.Count > 0 && !options.Outputs.Contains("elasticsearch"))
        {
            StandardOutput.Write($"the output is {string.Join(" and ", options.Outputs)}: no server to try{Environment.NewLine}");
            return ExitCode.Done;
        }

        ElasticsearchOptions all = options.Elasticsearch.EffectiveClient;
        ElasticsearchOptions patient = all with { Timeout = all.Timeout < s_timeout ? all.Timeout : s_timeout };
        IndexSetupOptions setup = options.Elasticsearch.ToSetup(options.Events.Layout, live: true);

        // Every host is tried, whatever the one before said.
        bool[] works = [.. all.Hosts.Select(host => Try(patient with { Hosts = [host] }, setup, json))];
        return works.All(good => good) ? ExitCode.Done : ExitCode.Unreachable;
    }

    private static bool Try(ElasticsearchOptions options, IndexSetupOptions setup, bool json)
    {
        string host = SecretText.Shown(options.Hosts[0]);
        try
        {
            using var client = new ElasticsearchClient(options, TimeProvider.System);
            IReadOnlyList<string> found = OutputTrial.RunAsync(client, setup, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            StandardOutput.Write((json ? Json(host, null, null, found) : Printable.Text($"{host}: OK, {string.Join("; ", found)}")) + Environment.NewLine);
            return true;
        }
        catch (ElasticsearchException failure)
        {
            if (json)
            {
                StandardOutput.Write(Json(host, $"{failure.Failure}".ToLowerInvariant(), failure.Message, []) + Environment.NewLine);
            }
            else
            {
                Diagnostics.Error(failure.Message);
            }

            return false;
        }
    }

    private static string Json(string host, string? failure, string? message, IReadOnlyList<string> found) => new JsonObject
    {
        ["host"] = host,
        ["ok"] = failure is null,
        ["failure"] = failure,
        ["message"] = message,
        ["found"] = new JsonArray([.. found.Select(line => JsonValue.Create(line))]),
    }.ToJsonString();
}
