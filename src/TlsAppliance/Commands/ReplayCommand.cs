using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>replay</c>: recorded traffic in, events out.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay";

    public static readonly string[] Examples =
    [
        "tls-appliance replay capture.pcap                     table of the sessions; events in events/*.ndjson",
        "tls-appliance replay monday.pcapng.zst tuesday.pcap   several files are one time line",
        "tls-appliance replay captures/ --per-file out/        each capture for itself: out/a__b.pcap.ndjson",
        "tls-appliance replay -o stdout capture.pcap | jq .tls events on the standard output, nothing else",
        "tcpdump -w - | tls-appliance replay -                 from a pipe",
        "tls-appliance replay -o none captures/                only count: how fast, how many, what was ignored",
        "tls-appliance replay -x 10 friday.pcap                at ten times the speed at which it was captured",
        "tls-appliance replay --preload --loop 0 --unique-flows --duration 60s -o none --report r.json mix.pcap   as a load test",
        "tls-appliance replay -c packetbeat.yml -E tls.fingerprints=[md5,sha1,sha256] --layout ecs capture.pcap",
    ];

    public static Command Create()
    {
        var inputs = new Argument<string[]>("input")
        {
            Description = "Captures (pcap, pcapng; also gzip, zstd, lz4), directories of them, patterns such as '*.pcap', or - for standard input.",
            HelpName = "FILE|DIR|GLOB|-",
            Arity = ArgumentArity.OneOrMore,
        };
        SharedOptions.RefuseOptions(inputs);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the events go: file (events/*.ndjson), stdout, or none.",
            HelpName = "file|stdout|none",
            DefaultValueFactory = _ => "file",
        };
        SharedOptions.AcceptOnly(output, "file", "stdout", "none");
        Option<string[]> files = SharedOptions.ConfigurationFiles();
        Option<string[]> settings = SharedOptions.Settings();
        Option<string> layout = SharedOptions.Layout();
        var perFile = new Option<string>("--per-file")
        {
            Description = "Take each capture for itself and write DIR/a__b__c.pcap.ndjson for a/b/c.pcap, replacing what is there.",
            HelpName = "DIR",
        };
        var directory = new Option<string>("--output-dir")
        {
            Description = "Directory for -o file; the same as -E output.file.path=DIR.",
            HelpName = "DIR",
        };
        Option<int> rows = SharedOptions.Rows();
        Option<bool> quiet = SharedOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object on the standard output instead of the table (with -o stdout: on stderr)." };
        Option<bool> strict = new("--strict") { Description = "Exit 3 when anything was lost: holes in the TCP streams, flows that had to make room." };
        var shards = new Option<string>("--shards")
        {
            Description = "Parts in which connections are read at the same time, 0: one per core; the same as -E tls_appliance.shards=N.",
            HelpName = "N",
        };
        var report = new Option<string>("--report")
        {
            Description = "Write arguments, counters, rates, CPU time, memory and collections as one JSON object.",
            HelpName = "FILE.json",
        };
        var load = new LoadOptions();

        var command = new Command(Name, "Read captures and write one event per TLS session.")
        {
            inputs, output, files, settings, layout, perFile, directory, rows, quiet, json, strict, shards, report,
        };
        load.AddTo(command, perFile);
        command.Validators.Add(result =>
        {
            if (result.GetValue(perFile) is not null && result.GetValue(output) is "stdout" or "none")
            {
                result.AddError("--per-file writes files; it goes with -o file only");
            }
        });
        command.SetAction(result => ReplayRun.Execute(new ReplayArguments
        {
            Inputs = result.GetValue(inputs)!,
            Output = Enum.Parse<OutputKind>(result.GetValue(output)!, ignoreCase: true),
            ConfigurationFiles = result.GetValue(files) ?? [],
            Settings = result.GetValue(settings) ?? [],
            Layout = result.GetValue(layout),
            PerFileDirectory = result.GetValue(perFile),
            OutputDirectory = result.GetValue(directory),
            Rows = result.GetValue(rows),
            Quiet = result.GetValue(quiet),
            Json = result.GetValue(json),
            Strict = result.GetValue(strict),
            Shards = result.GetValue(shards),
            ReportPath = result.GetValue(report),
            Load = load.Read(result),
        }));
        return command;
    }
}
