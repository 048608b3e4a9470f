using System.CommandLine;
using System.Globalization;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>run</c>: the whole machine over a capture, alone or beside other programs in one interleaved run.</summary>
internal static class RunCommand
{
    private const double Gigabyte = 1e9;
    private const double Mebibyte = 1 << 20;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "capture file" };
        var program = new Option<string>("--appliance") { Description = "tls-appliance.dll to measure", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll") };
        var passes = new Option<int>("--passes") { Description = "passes of ours in one run; choose so that it lasts 10 s", DefaultValueFactory = _ => 50 };
        var rounds = new Option<int>("--rounds") { Description = "interleaved rounds; medians are shown", DefaultValueFactory = _ => 5 };
        var compare = new Option<bool>("--compare") { Description = "beside tcpdump -w /dev/null and ndpiReader (Debian)" };
        var tshark = new Option<bool>("--tshark") { Description = "and tshark, which takes long" };
        var scaling = new Option<bool>("--scaling") { Description = "and the wall time of ours on two cores against one" };
        var command = new Command("run", "Run the whole machine over a capture and print what it costs, as ratios to other programs.")
        {
            file, program, passes, rounds, compare, tshark, scaling,
        };
        command.SetAction(parsed =>
        {
            string capture = parsed.GetValue(file)!;
            string ours = parsed.GetValue(program)!;
            List<Contestant> contestants = [Contestant.Appliance(ours, capture, parsed.GetValue(passes), shards: 1), Contestant.Appliance(ours, capture, 1, shards: 1)];
            if (parsed.GetValue(compare))
            {
                contestants.AddRange(Contestant.Others(capture, parsed.GetValue(tshark)));
            }

            Report(capture, Measure(contestants, parsed.GetValue(rounds)));
            if (parsed.GetValue(scaling))
            {
                ReportScaling(ours, capture, parsed.GetValue(passes), parsed.GetValue(rounds));
            }

            return 0;
        });
        return command;
    }

    /// <summary>One round after the other, so that a drift of the machine meets all alike.</summary>
    private static Dictionary<Contestant, ProcessCost> Measure(List<Contestant> contestants, int rounds)
    {
        var costs = contestants.ToDictionary(contestant => contestant, _ => new List<ProcessCost>());
        for (int round = 0; round < rounds; round++)
        {
            contestants.ForEach(contestant => costs[contestant].Add(MeasuredProcess.Run("1", contestant.Command)));
        }

        return costs.ToDictionary(entry => entry.Key, entry => ProcessCost.Median(entry.Value));
    }

    private static void Report(string capture, Dictionary<Contestant, ProcessCost> costs)
    {
        double bytes = new FileInfo(capture).Length;
        (Contestant contestant, ProcessCost ours) = costs.First();
        double perPass = ours.CpuSeconds / contestant.Passes;
        Write($"### {Path.GetFileName(capture)}, {bytes / Gigabyte:F2} GB");
        Write($"");
        Write($"| program | CPU s per pass | CPU s per GB | peak RSS MiB | ours is faster by |");
        Write($"|---|---|---|---|---|");
        foreach ((Contestant other, ProcessCost cost) in costs)
        {
            double pass = cost.CpuSeconds / other.Passes;
            Write($"| {other.Name} | {pass:F3} | {pass / bytes * Gigabyte:F2} | {cost.PeakRssBytes / Mebibyte:F0} | {pass / perPass:F2} |");
        }

        Write($"");
    }

    private static void ReportScaling(string program, string capture, int passes, int rounds)
    {
        var one = new List<ProcessCost>();
        var two = new List<ProcessCost>();
        for (int round = 0; round < rounds; round++)
        {
            one.Add(MeasuredProcess.Run("1", Contestant.Appliance(program, capture, passes, shards: 1).Command));
            two.Add(MeasuredProcess.Run("0,1", Contestant.Appliance(program, capture, passes, shards: 2).Command));
        }

        Write($"Wall time, one core to two: {ProcessCost.Median(one).WallSeconds / ProcessCost.Median(two).WallSeconds:F2} times as fast.");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
