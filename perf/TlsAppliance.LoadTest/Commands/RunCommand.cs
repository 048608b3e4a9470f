using System.CommandLine;
using System.Globalization;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>run</c>: the whole machine over captures, alone or beside other programs in interleaved rounds of one run; the report is Markdown.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("[NAME=]FILE") { Description = "capture files; those named mix, storm and bulk are held against the goals", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(given =>
        {
            foreach (string missing in given.Tokens.Select(token => Split(token.Value).Capture).Where(file => !File.Exists(file)))
            {
                given.AddError($"no such capture: {missing}");
            }
        });
        var program = new Option<string?>("--appliance") { Description = "tls-appliance or tls-appliance.dll to measure; by default the program is first built as it is shipped, which takes a minute or two" };
        var seconds = new Option<double>("--seconds") { Description = "a steady run lasts at least so long", DefaultValueFactory = _ => 10 };
        var rounds = new Option<int>("--rounds") { Description = "interleaved rounds; medians are shown", DefaultValueFactory = _ => 5 };
        var truth = new Option<bool>("--truth") { Description = "first hold the events against FILE.truth (or FILE with .truth for its extension); a difference ends the run" };
        var compare = new Option<bool>("--compare") { Description = "beside tcpdump -w /dev/null and ndpiReader (Debian)" };
        var tshark = new Option<bool>("--tshark") { Description = "and tshark, which takes long" };
        var output = new Option<string?>("--out") { Description = "write the report to this file, too" };
        var command = new Command("run", "Run the whole machine over captures and print what it costs, as ratios to other programs.")
        {
            files, program, seconds, rounds, truth, compare, tshark, output,
        };
        command.SetAction(parsed =>
        {
            List<(string Name, string Capture)> captures = [.. parsed.GetValue(files)!.Select(Split)];
            using ShippedAppliance? shipped = parsed.GetValue(program) is null ? new ShippedAppliance() : null;
            string ours = parsed.GetValue(program) ?? shipped!.Program;
            Dictionary<string, TruthComparison> comparisons = [];
            foreach ((string name, string capture) in parsed.GetValue(truth) ? captures : [])
            {
                TruthComparison comparison = LoadMeasurement.Compare(capture, ours, TruthOf(capture));
                if (!comparison.IsEqual)
                {
                    return Refuse(name, comparison);
                }

                comparisons[name] = comparison;
            }

            captures.ForEach(capture => PageCache.ReadAnew(capture.Capture));
            List<LoadMeasurement> loads = [.. captures.Select(capture => new LoadMeasurement(
                capture.Name, capture.Capture, ours, parsed.GetValue(seconds),
                parsed.GetValue(compare) || parsed.GetValue(tshark) ? Contestant.Others(capture.Capture, parsed.GetValue(tshark)) : []))];
            for (int round = 0; round < parsed.GetValue(rounds); round++)
            {
                loads.ForEach(load => load.Round());
            }

            using var text = new StringWriter();
            Report(new MachineReport(text), shipped is null ? "a given program" : "the program as it is shipped", loads, comparisons, parsed.GetValue(rounds));
            Console.Write(text.ToString());
            if (parsed.GetValue(output) is { } path)
            {
                File.WriteAllText(path, text.ToString());
            }

            return 0;
        });
        return command;
    }

    private static void Report(MachineReport report, string program, List<LoadMeasurement> loads, Dictionary<string, TruthComparison> comparisons, int rounds)
    {
        report.Write($"# The whole machine");
        report.Write($"");
        report.Write($"`perf/TlsAppliance.LoadTest run` of {program}: whole processes on one pinned core, start and compilation included, every event rendered in full; medians of {rounds} interleaved rounds.");
        report.Write($"Commit {BuiltCommit.Short}. Each load was read into an empty page cache before each round of it.");
        report.Write($"");
        report.WriteGoals(loads);
        loads.ForEach(load => report.WriteLoad(load, comparisons.GetValueOrDefault(load.Name)));
    }

    private static int Refuse(string name, TruthComparison comparison)
    {
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {comparison.Events} events for {comparison.Sessions} sessions, {comparison.Missing} without event, {comparison.Wrong} wrong"));
        foreach (string fault in comparison.Faults)
        {
            Console.Error.WriteLine(fault);
        }

        return 1;
    }

    private static (string Name, string Capture) Split(string argument) => argument.IndexOf('=', StringComparison.Ordinal) is > 0 and int at
        ? (argument[..at], argument[(at + 1)..])
        : (Path.GetFileNameWithoutExtension(argument), argument);

    private static string TruthOf(string capture) => File.Exists(capture + ".truth") ? capture + ".truth" : Path.ChangeExtension(capture, ".truth");
}
