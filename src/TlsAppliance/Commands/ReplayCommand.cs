using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Commands;

/// <summary><c>replay</c>: recorded traffic in, events out.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay";

    private static readonly DurationFormat s_waits = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(7));

    private static readonly string[] s_examples =
    [
        "tls-appliance replay capture.pcap                     table of the sessions; events in events/*.ndjson",
        "tls-appliance replay monday.pcapng.zst tuesday.pcap   several files are one time line",
        "tls-appliance replay captures/ --per-file out/        each capture for itself: out/a__b.pcap.ndjson",
        "tls-appliance replay -o stdout capture.pcap | jq .tls  events on the standard output, nothing else",
        "tcpdump -w - | tls-appliance replay -                 from a pipe",
        "tls-appliance replay -o none captures/                only count: how fast, how many, what was ignored",
        "tls-appliance replay -x 10 friday.pcap                at ten times the speed at which it was captured",
        "tls-appliance replay -o elasticsearch -E output.elasticsearch.hosts=[es:9200] captures/   into Elasticsearch; a second run adds nothing",
        "tls-appliance replay --dead-letters data/live/dead-letters   what the server refused, again, when its mapping is mended",
        "tls-appliance replay --preload --loop 0 --unique-flows --duration 60s -o none --report r.json mix.pcap   as a load test",
        "tls-appliance replay -c packetbeat.yml -E tls.fingerprints=[md5,sha1,sha256] --layout ecs capture.pcap",
    ];

    public static Command Create()
    {
        var inputs = new Argument<string[]>("FILE|DIR|GLOB|-")
        {
            Description = "Captures (pcap, pcapng; also gzip, zstd, lz4), directories of them, patterns such as '*.pcap', or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        SharedOptions.RefuseOptions(inputs);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the events go: file (events/*.ndjson), elasticsearch (output.elasticsearch of the configuration), stdout, or none; without it the output that the configuration names, else file.",
            HelpName = "OUTPUT",
        };
        SharedOptions.AcceptOnly(output, "file", "elasticsearch", "stdout", "none");
        var switches = new ConfigurationSwitches();
        var nothing = new Option<bool>("-N") { Description = "As in Packetbeat: no output, the same as -o none." };
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
        Option<bool> strict = new("--strict") { Description = "Exit 3 when anything was lost: holes in the TCP streams, flows that had to make room, events that the output refuses or did not get." };
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
        Option<string> wait = WaitOption();
        var deadLetters = new Option<bool>("--dead-letters")
        {
            Description = "The inputs are dead letters, files or directories of them: each event goes again to the index that refused it, and a file goes when all of it is settled.",
        };
        var load = new LoadOptions();

        var command = new Verb(Name, "Read captures and write one event per TLS session.", s_examples)
        {
            inputs, output, nothing, layout, perFile, directory, rows, quiet, json, strict, shards, report, wait, deadLetters,
        };
        switches.AddTo(command);
        load.AddTo(command, perFile);
        command.Validators.Add(result =>
        {
            if (result.GetValue(perFile) is not null && (result.GetValue(nothing) || result.GetValue(output) is "elasticsearch" or "stdout" or "none"))
            {
                result.AddError("--per-file writes files; it goes with -o file only");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(deadLetters) && (result.GetValue(nothing) || result.GetValue(perFile) is not null || result.GetResult(output) is { Implicit: false } && result.GetValue(output) != "elasticsearch"))
            {
                result.AddError("--dead-letters go to Elasticsearch again, and nowhere else");
            }
        });
        command.SetAction(result => Action(result.GetValue(deadLetters))(new ReplayArguments
        {
            Inputs = result.GetValue(inputs)!,
            Output = result.GetValue(nothing) ? OutputKind.None : OutputOf(result.GetValue(output)),
            IsOutputChosen = result.GetValue(nothing) || result.GetValue(perFile) is not null || result.GetResult(output) is not null,
            Configuration = switches.Read(result, result.GetValue(quiet))
                .With(layout.Name, ApplianceRegistry.LayoutKey, result.GetValue(layout))
                .With(directory.Name, ApplianceRegistry.FilePathKey, result.GetValue(directory))
                .With(shards.Name, ApplianceRegistry.ShardsKey, result.GetValue(shards)),
            PerFileDirectory = result.GetValue(perFile),
            Rows = result.GetValue(rows),
            Quiet = result.GetValue(quiet),
            Json = result.GetValue(json),
            Strict = result.GetValue(strict),
            ReportPath = result.GetValue(report),
            Wait = Patience(result.GetValue(wait)),
            Load = load.Read(result),
        }));
        return command;
    }

    private static Func<ReplayArguments, int> Action(bool deadLetters) => deadLetters ? DeadLetterRun.Execute : ReplayRun.Execute;

    private static Option<string> WaitOption()
    {
        var wait = new Option<string>("--wait")
        {
            Description = "With -o elasticsearch: how long it may take nothing before the run ends with 69 and says what is left (default 5m).",
            HelpName = "TIME",
        };
        wait.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !s_waits.TryParse(result.Tokens[0].Value, out _))
            {
                result.AddError($"--wait: expected {s_waits.Expected}, found \"{result.Tokens[0].Value}\"");
            }
        });
        return wait;
    }

    /// <summary>The value has been checked.</summary>
    private static OutputKind OutputOf(string? name) => name switch
    {
        "elasticsearch" => OutputKind.Elasticsearch,
        "stdout" => OutputKind.Stdout,
        "none" => OutputKind.None,
        _ => OutputKind.File,
    };

    private static TimeSpan Patience(string? text) => text is not null && s_waits.TryParse(text, out TimeSpan wait) ? wait : ReplayArguments.DefaultWait;
}
