using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Commands;

/// <summary><c>run</c>: interfaces in, events out, until a signal.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private static readonly DurationFormat s_duration = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365));

    private static readonly string[] s_examples =
    [
        "tls-appliance run -i eth1                             events in events/*.ndjson until Ctrl-C",
        "tls-appliance run -i eth1 -i eth2 -o stdout | jq .tls  two interfaces, events on the standard output",
        "tls-appliance run -c /etc/tls-appliance.yml           as configured; the same without the word run",
        "tls-appliance run -i eth1 --bpf 'net 10.0.0.0/8' --duration 1h",
        "tls-appliance run -i eth1 --bpf @span.bpf -E packetbeat.interfaces.threads=2",
    ];

    public static Command Create()
    {
        var interfaces = new Option<string[]>("--interface", "-i")
        {
            Description = "Interface to capture: a name, any, or default_route. Several are captured together. Default: as configured, else any.",
            HelpName = "IF",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the events go: file (events/*.ndjson), elasticsearch (as configured), stdout, or none. Default: the output that is configured, else file.",
            HelpName = "OUTPUT",
        };
        SharedOptions.AcceptOnly(output, "file", "elasticsearch", "stdout", "none");
        var nothing = new Option<bool>("-N") { Description = "As in Packetbeat: no output, the same as -o none." };
        var switches = new ConfigurationSwitches();
        var filter = new Option<string>("--bpf")
        {
            Description = "The kernel drops what this filter does not take; @FILE reads it from a file. The same as -E packetbeat.interfaces.bpf_filter=F.",
            HelpName = "FILTER",
        };
        var type = new Option<string>("--type")
        {
            Description = "af_packet (an own ring, the default) or pcap (libpcap); the same as -E packetbeat.interfaces.type=T.",
            HelpName = "af_packet|pcap",
        };
        SharedOptions.AcceptOnly(type, "af_packet", "pcap");
        Option<string> layout = SharedOptions.Layout();
        var directory = new Option<string>("--output-dir") { Description = "Directory for -o file; the same as -E output.file.path=DIR.", HelpName = "DIR" };
        var shards = new Option<string>("--shards")
        {
            Description = "Parts in which connections are read at the same time, 0: one per core; the same as -E tls_appliance.shards=N.",
            HelpName = "N",
        };
        var duration = new Option<string>("--duration") { Description = "End after this time, such as 10s or 1h30m.", HelpName = "TIME" };
        duration.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !s_duration.TryParse(result.Tokens[0].Value, out _))
            {
                result.AddError($"--duration: expected {s_duration.Expected}, found \"{result.Tokens[0].Value}\"");
            }
        });
        Option<bool> quiet = SharedOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object on the standard output (with -o stdout: on stderr)." };
        Option<bool> strict = new("--strict") { Description = "Exit 3 when anything was lost: frames the kernel dropped, holes in the TCP streams, events that found no room." };

        var command = new Verb(Name, "Capture interfaces and write one event per TLS session. Needs CAP_NET_RAW.", s_examples)
        {
            interfaces, output, nothing, filter, type, layout, directory, shards, duration, quiet, json, strict,
        };
        switches.AddTo(command);
        command.SetAction(result => LiveRun.Execute(new RunArguments
        {
            Interfaces = result.GetValue(interfaces) ?? [],
            Output = result.GetValue(nothing) ? OutputKind.None : result.GetValue(output) is { } kind ? Enum.Parse<OutputKind>(kind, ignoreCase: true) : null,
            Configuration = switches.Read(result, result.GetValue(quiet))
                .With(filter.Name, ApplianceRegistry.CaptureFilterKey, result.GetValue(filter))
                .With(type.Name, ApplianceRegistry.CaptureTypeKey, result.GetValue(type))
                .With(layout.Name, ApplianceRegistry.LayoutKey, result.GetValue(layout))
                .With(directory.Name, ApplianceRegistry.FilePathKey, result.GetValue(directory))
                .With(shards.Name, ApplianceRegistry.ShardsKey, result.GetValue(shards)),
            Duration = result.GetValue(duration) is { } text && s_duration.TryParse(text, out TimeSpan time) ? time : TimeSpan.Zero,
            Quiet = result.GetValue(quiet),
            Json = result.GetValue(json),
            Strict = result.GetValue(strict),
        }));
        return command;
    }
}
