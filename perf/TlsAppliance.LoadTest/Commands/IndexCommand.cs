using System.CommandLine;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>index</c>: what queue and bulk requests cost beside rendering, and how much faster than a real server we are. All in one interleaved run.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("[NAME=]FILE") { Description = "capture files", Arity = ArgumentArity.OneOrMore };
        var url = new Option<string?>("--elasticsearch") { Description = "URL of a real, empty Elasticsearch; without it that row is left out" };
        var rounds = new Option<int>("--rounds") { Description = "interleaved rounds; medians are shown", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "a run lasts about so long", DefaultValueFactory = _ => 3 };
        var shards = new Option<int>("--shards") { Description = "0: one per core" };
        var folder = new Option<string>("--folder") { Description = "where queues and files are written", DefaultValueFactory = _ => Path.GetTempPath() };
        var only = new Option<IndexingTarget[]>("--targets") { Description = "only these; without it all", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { Description = "write the report to this file, too" };
        var command = new Command("index", "Measure rendering, queue and bulk requests against a server that answers at once, and against a real one.")
        {
            files, url, rounds, seconds, shards, folder, only, output,
        };
        command.SetAction(parsed =>
        {
            using var server = new NullServerProcess();
            DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(parsed.GetValue(folder)!, Path.GetRandomFileName()));
            try
            {
                string? real = parsed.GetValue(url);
                IndexingTarget[] targets = [.. Enum.GetValues<IndexingTarget>().Where(target => Wanted(target, parsed.GetValue(only)!, real))];
                List<IndexingMeasurement> loads = [.. parsed.GetValue(files)!.Select(file => Load(
                    file, capture => new IndexingRun(capture, parsed.GetValue(shards), directory.FullName, server.Url, real), parsed.GetValue(seconds), targets))];
                for (int round = 0; round < parsed.GetValue(rounds); round++)
                {
                    loads.ForEach(load => load.Round());
                }

                using var text = new StringWriter();
                new IndexingReport(text).Write(loads, real, parsed.GetValue(rounds), parsed.GetValue(shards));
                Console.Write(text.ToString());
                if (parsed.GetValue(output) is { } path)
                {
                    File.WriteAllText(path, text.ToString());
                }

                return 0;
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        });
        return command;
    }

    private static bool Wanted(IndexingTarget target, IndexingTarget[] only, string? real) =>
        (only.Length == 0 || only.Contains(target)) && (target != IndexingTarget.Elasticsearch || real is not null);

    private static IndexingMeasurement Load(string argument, Func<string, IndexingRun> open, double seconds, IReadOnlyList<IndexingTarget> targets)
    {
        (string name, string capture) = argument.IndexOf('=', StringComparison.Ordinal) is > 0 and int at
            ? (argument[..at], argument[(at + 1)..])
            : (Path.GetFileNameWithoutExtension(argument), argument);
        return new IndexingMeasurement(name, open(capture), seconds, targets);
    }
}
