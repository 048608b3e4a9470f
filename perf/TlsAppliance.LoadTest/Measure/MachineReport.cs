using System.Globalization;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>The measurements of all loads as Markdown.</summary>
internal sealed class MachineReport(TextWriter output)
{
    private const double Giga = 1e9, Mega = 1e6, Milliseconds = 1e3;

    public void WriteGoals(IReadOnlyList<LoadMeasurement> loads)
    {
        Write($"| load | measure | must | aim | measured | |");
        Write($"|---|---|---|---|---|---|");
        foreach (Goal goal in Goal.All)
        {
            if (loads.FirstOrDefault(load => load.Name == goal.Load) is { } load && goal.Value(load) is var value && !double.IsNaN(value))
            {
                Write($"| {goal.Load} | {goal.Measure} | {goal.Must} | {goal.Aim} | {value:0.##} | {goal.Verdict(value)} |");
            }
        }

        Write($"");
    }

    public void WriteLoad(LoadMeasurement load, TruthComparison? comparison)
    {
        double bytes = new FileInfo(load.Capture).Length;
        ApplianceReport report = load.Report;
        long events = report.Events / load.Passes;
        Write($"## {load.Name}: {load.FramesPerPass:N0} frames, {bytes / Giga:F2} GB, {events:N0} events");
        Write($"");
        Write($"{(comparison is null ? "Not held against a truth." : $"All {comparison.Sessions} sessions of the truth have their event, none is invented, all values are equal.")}");
        Write($"A steady run of ours is {load.Passes} passes.");
        Write($"");
        Write($"| program | CPU s per pass | CPU s per GB | peak RSS MiB | ours is faster by |");
        Write($"|---|---|---|---|---|");
        WriteProgram("ours", load.Steady, bytes, load.PeakRssMebibytes, 1);
        WriteProgram("ours, first pass", load.FirstPass, bytes, null, load.FirstPass / load.Steady);
        foreach (Contestant other in load.Others)
        {
            WriteProgram(other.Name, load.PerPass(other), bytes, load.RssMebibytes(other), load.PerPass(other) / load.Steady);
        }

        Write($"");
        Write($"Per CPU second: {load.FramesPerPass / load.Steady / Mega:F2} M frames, {report.WireBytes / load.Passes * 8 / load.Steady / Giga:F1} Gbit, {events / load.Steady:N0} events.");
        Write($"Allocated: {report.AllocatedBytes / (double)report.Frames:F2} B per frame, {report.AllocatedBytes / (double)Math.Max(1, report.Events):F1} B per event.");
        Write($"Collections: longest pause {load.LongestPauseSeconds * Milliseconds:F2} ms, {report.Gen2Collections} of generation 2 in a run.");
        Write($"`-o file` has {load.FileShare:F2} of the speed of `-o none`. Two cores are {load.Scaling:F2} times as fast as one. One frame, from start to end: {load.FirstFrameSeconds * Milliseconds:F0} ms.");
        Write($"");
    }

    public void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void WriteProgram(string name, double perPass, double bytes, double? rss, double ratio) =>
        Write($"| {name} | {perPass:F3} | {perPass / bytes * Giga:F2} | {rss:F0} | {ratio:F2} |");
}
