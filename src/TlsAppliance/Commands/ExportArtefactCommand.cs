using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TlsAppliance.Configuration;
using TlsAppliance.Reports;
using TlsAppliance.Sinks.Elasticsearch.Setup;

namespace TlsAppliance.Commands;

/// <summary><c>export template</c> and <c>export ilm-policy</c>: what <c>setup</c> would put on a server, without asking one.</summary>
internal static class ExportArtefactCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command CreateTemplate() => Create(
        "template",
        "Print the index template of the layout as JSON, as a full Elasticsearch gets it.",
        options => Indented(IndexSetup.TemplateFor(options.Elasticsearch.ToSetup(options.Events.Layout, live: true), ServerAbilities.Full).ToJson()),
        "tls-appliance export template --layout ecs > template.json",
        "tls-appliance export template -E setup.ilm.enabled=false   for a server without ILM, such as OpenSearch");

    public static Command CreatePolicy() => Create(
        "ilm-policy",
        "Print the lifecycle policy as JSON.",
        options => Indented(IndexSetup.PolicyFor(options.Elasticsearch.ToSetup(options.Events.Layout, live: true)).ToJson()),
        "tls-appliance export ilm-policy",
        "tls-appliance export ilm-policy -E setup.ilm.delete_after_days=90");

    private static Verb Create(string name, string description, Func<ApplianceOptions, string> render, params IReadOnlyList<string> examples)
    {
        var switches = new ConfigurationSwitches();
        Option<string> layout = SharedOptions.Layout();
        var command = new Verb(name, description, examples) { layout };
        switches.AddTo(command);
        command.SetAction(result => OutputFailures.Guard(() =>
        {
            if (!ConfiguredOptions.TryLoad(switches.Read(result, quiet: true).With(layout.Name, ApplianceRegistry.LayoutKey, result.GetValue(layout)), out ApplianceOptions options))
            {
                return ExitCode.BadConfiguration;
            }

            StandardOutput.Write(render(options));
            return ExitCode.Done;
        }));
        return command;
    }

    private static string Indented(JsonObject json) => json.ToJsonString(s_indented) + Environment.NewLine;
}
