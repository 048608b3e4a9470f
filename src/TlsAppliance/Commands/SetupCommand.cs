using System.CommandLine;
using System.Text.Json.Nodes;
using TlsAppliance.Configuration;
using TlsAppliance.Reports;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Setup;

namespace TlsAppliance.Commands;

/// <summary><c>setup</c>: gets a server ready before the first event, so that the box itself needs fewer rights.</summary>
internal static class SetupCommand
{
    private const string Name = "setup";

    /// <summary>What Packetbeat can set up besides.</summary>
    private static readonly string[] s_foreign = ["--dashboards", "--pipelines"];

    public static Command Create()
    {
        var switches = new ConfigurationSwitches();
        Option<string> layout = SharedOptions.Layout();
        var management = new Option<bool>("--index-management") { Description = "Lifecycle policy (where the server knows such) and index template; the default, because there is nothing else." };
        Option<bool>[] foreign = [.. s_foreign.Select(name => new Option<bool>(name) { Hidden = true })];
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        var json = new Option<bool>("--json") { Description = "One JSON object per step." };
        var command = new Verb(
            Name,
            "Put the lifecycle policy and the index template on the server; what is there and as it should be is left alone.",
            "tls-appliance setup -c tls-appliance.yml",
            "tls-appliance setup --dry-run -E output.elasticsearch.hosts=[es:9200]   what would be done",
            "tls-appliance setup --layout ecs -E setup.template.overwrite=true")
        {
            management, dryRun, json, layout,
        };
        switches.AddTo(command);
        foreach (Option<bool> option in foreign)
        {
            command.Add(option);
        }

        command.SetAction(result => OutputFailures.Guard(() =>
        {
            if (PassOver([.. foreign.Where(option => result.GetValue(option))]) && !result.GetValue(management))
            {
                return ExitCode.Done;
            }

            return ConfiguredOptions.TryLoad(switches.Read(result, quiet: true).With(layout.Name, ApplianceRegistry.LayoutKey, result.GetValue(layout)), out ApplianceOptions options)
                ? Execute(options, result.GetValue(dryRun), result.GetValue(json))
                : ExitCode.BadConfiguration;
        }));
        return command;
    }

    /// <returns>Whether something was asked for that there is not.</returns>
    private static bool PassOver(IReadOnlyList<Option<bool>> foreign)
    {
        foreach (Option<bool> option in foreign)
        {
            Diagnostics.Warning($"{option.Name}: Packetbeat's; there is nothing of the kind here. Its dashboards find the events by the alias of their indices");
        }

        return foreign.Count > 0;
    }

    private static int Execute(ApplianceOptions options, bool dryRun, bool json)
    {
        var setup = new IndexSetup(options.Elasticsearch.ToSetup(options.Events.Layout, live: true));
        using var client = new ElasticsearchClient(options.Elasticsearch.EffectiveClient, TimeProvider.System);
        try
        {
            ServerInfo server = client.GetInfoAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            foreach (SetupStep step in setup.PlanAsync(client, server, CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                if (!dryRun)
                {
                    setup.ApplyAsync(client, [step], CancellationToken.None).AsTask().GetAwaiter().GetResult();
                }

                StandardOutput.Write((json ? Json(step, dryRun) : Line(step, dryRun)) + Environment.NewLine);
            }

            return ExitCode.Done;
        }
        catch (ElasticsearchException failure) when (failure.Failure != ElasticsearchFailure.Conflict)
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.Unreachable;
        }
    }

    private static string Line(SetupStep step, bool dryRun)
    {
        string done = (step.Action, dryRun) switch
        {
            (SetupAction.Create, true) => "would be put",
            (SetupAction.Create, false) => "put",
            (SetupAction.Replace, true) => "would be replaced",
            (SetupAction.Replace, false) => "replaced",
            (SetupAction.Keep, _) => "left alone",
            _ => "left out",
        };
        return Printable.Text($"{step.Kind} {step.Name}: {done} ({step.Reason})");
    }

    private static string Json(SetupStep step, bool dryRun) => new JsonObject
    {
        ["kind"] = step.Kind,
        ["name"] = step.Name,
        ["action"] = $"{step.Action}".ToLowerInvariant(),
        ["reason"] = step.Reason,
        ["done"] = step.Changes && !dryRun,
    }.ToJsonString();
}
