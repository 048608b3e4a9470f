using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TlsAppliance.LoadTest.Generate;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>soak</c>: what only long or large runs of the product show. Prints a Markdown table; ends with 1 when a bound does not hold.</summary>
internal static class SoakCommand
{
    private const double MiB = 1 << 20;
    private const long StormBytes = 200_000_000;
    private const double LargestGrowth = 1.05;
    private const double LongestPause = 0.005;

    /// <summary>A quarter of what the ring of a live capture (256 MB) holds at 10 Gbit/s. What is read ten times a second leaves garbage among the connections that a first collection has to look at.</summary>
    private const double LongestPauseWithReader = 0.05;

    private const double BytesPerEvent = 256;
    private const double ManyFlowsMiB = 1.2 * 1024;
    private const double OtherLoadsMiB = 256;

    /// <summary>Above what two runs of one file differ by.</summary>
    private const double SizeTolerance = 1.1;

    /// <summary>Of the storm that <see cref="LongestPause"/> is for.</summary>
    private const int PauseSeconds = 60;

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "how long the looped replay takes", DefaultValueFactory = _ => 10 };
        var program = new Option<string>("--appliance") { Description = "tls-appliance or tls-appliance.dll to run", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll") };
        var command = new Command("soak", "Run the product for long and over large inputs, and hold memory, pauses and accounting against their bounds.") { minutes, program };
        command.SetAction(async (parsed, _) =>
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("tls-appliance-soak-");
            try
            {
                return await RunAsync(folder.FullName, parsed.GetValue(program)!, TimeSpan.FromMinutes(parsed.GetValue(minutes))).ConfigureAwait(false);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string folder, string program, TimeSpan duration)
    {
        var verdicts = new List<bool>();
        Console.WriteLine("| what | bound | found | |");
        Console.WriteLine("|---|---|---|---|");
        void Judge(string what, double bound, double found, string unit, string format = "F0")
        {
            verdicts.Add(found <= bound);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {what} | {bound.ToString(format, CultureInfo.InvariantCulture)} {unit} | {found.ToString(format, CultureInfo.InvariantCulture)} {unit} | {(verdicts[^1] ? "holds" : "**fails**")} |"));
        }

        string storm = Generate(folder, LoadProfile.HandshakeStorm, StormBytes);
        await JudgeLoopAsync(storm, program, duration, Judge).ConfigureAwait(false);
        JudgePause(folder, storm, program, Judge);
        JudgeSizes(folder, program, Judge);
        Judge("peak RSS with 1,000,000 pending hellos", ManyFlowsMiB, Peak(program, Generate(folder, LoadProfile.ManyFlows, 0)), "MiB");
        return verdicts.TrueForAll(holds => holds) ? 0 : 1;
    }

    private delegate void Verdict(string what, double bound, double found, string unit, string format = "F0");

    private static async Task JudgeLoopAsync(string capture, string program, TimeSpan duration, Verdict judge)
    {
        Endurance run = await Endurance.RunAsync(program, capture, duration).ConfigureAwait(false);
        JsonElement process = run.Report.GetProperty("process");
        double events = run.Report.GetProperty("events").GetDouble();
        string what = string.Create(
            CultureInfo.InvariantCulture, $"storm looped for {duration.TotalMinutes:0.#} minutes, {run.Report.GetProperty("frames").GetInt64():N0} frames, {events:N0} events: ");
        judge(what + "residuals other than 0", 0, run.Wrong.Count, string.Create(CultureInfo.InvariantCulture, $"in {run.Readings:N0} readings"));
        judge("RSS of its last fifth to its second", LargestGrowth, run.Growth, "", "F3");
        judge("peak RSS of it", OtherLoadsMiB, process.GetProperty("peak_rss_bytes").GetDouble() / MiB, "MiB");
        judge("longest GC pause in it, with those readings", LongestPauseWithReader * 1e3, process.GetProperty("longest_pause_seconds").GetDouble() * 1e3, "ms", "F1");
        judge("allocated per event", BytesPerEvent, process.GetProperty("allocated_bytes").GetDouble() / events, "B", "F1");
        judge("gen-2 collections (one is the start's)", 1, process.GetProperty("collections")[2].GetDouble(), "");
    }

    private static void JudgePause(string folder, string storm, string program, Verdict judge)
    {
        string report = Path.Combine(folder, "pause.json");
        _ = MeasuredProcess.Run(
            "1", ApplianceCommand.Of(program, "replay", storm, "-o", "none", "--quiet", "--loop", "0", "--duration", $"{PauseSeconds}s", "--report", report));
        ApplianceReport run = ApplianceReport.Read(report);
        judge(
            string.Create(CultureInfo.InvariantCulture, $"longest GC pause in {PauseSeconds} s of storm on one core, {run.Events:N0} events"),
            LongestPause * 1e3, run.LongestPauseSeconds * 1e3, "ms", "F1");
    }

    private static void JudgeSizes(string folder, string program, Verdict judge)
    {
        foreach (LoadProfile profile in (LoadProfile[])[LoadProfile.EnterpriseMix, LoadProfile.Bulk])
        {
            double one = Peak(program, Generate(folder, profile, StormBytes)), four = Peak(program, Generate(folder, profile, 4 * StormBytes));
            judge($"peak RSS of {profile}", OtherLoadsMiB, four, "MiB");
            judge($"peak RSS of {profile}, four times the file to one", SizeTolerance, four / one, "", "F2");
        }
    }

    private static double Peak(string program, string capture)
    {
        ProcessCost cost = MeasuredProcess.Run("0,1", ApplianceCommand.Of(program, "replay", capture, "-o", "none", "--quiet", "--shards", "2"));
        File.Delete(capture);
        return cost.PeakRssBytes / MiB;
    }

    private static string Generate(string folder, LoadProfile profile, long size)
    {
        string path = Path.Combine(folder, profile + ".pcap");
        new LoadGenerator(new LoadOptions
        {
            Profile = profile,
            Output = path,
            Size = size,
            Flows = profile == LoadProfile.ManyFlows ? 1_000_000 : 0,
            Disturbance = profile == LoadProfile.ManyFlows ? 0 : 0.0015,
        }).Run();
        return path;
    }
}
