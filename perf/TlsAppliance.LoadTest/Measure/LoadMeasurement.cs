using System.Diagnostics;
using System.Globalization;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>
/// Everything about one load: rounds in which each contestant runs once, so that a drift of the machine meets all alike, and medians over the rounds. CPU time is that of
/// whole processes, start and compilation included.
/// </summary>
internal sealed class LoadMeasurement
{
    /// <summary>Passes by which the length of one is found.</summary>
    private const int TrialPasses = 6;

    /// <summary>A trial spends so many times as long on a pass as a long run does: it is mostly start and compilation.</summary>
    private const double ShareOfStart = 1.8;

    /// <summary>The run that writes a file, and the one beside it that does not, make a part of the passes: a storm renders a gigabyte in a second.</summary>
    private const int FilePassesDivisor = 5;

    private readonly Dictionary<Contestant, List<ProcessCost>> _costs = [];
    private readonly Contestant _steady, _firstPass, _firstFrame, _none, _file, _oneCore, _twoCores;
    private readonly List<ApplianceReport> _reports = [];
    private readonly List<Contestant> _others;
    private readonly string _report = Path.GetTempFileName();
    private readonly string _events = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <param name="name">Of the load.</param>
    /// <param name="capture">Its file.</param>
    /// <param name="program">tls-appliance or tls-appliance.dll.</param>
    /// <param name="seconds">A steady run lasts at least so long.</param>
    /// <param name="others">Programs to compare with.</param>
    public LoadMeasurement(string name, string capture, string program, double seconds, IEnumerable<Contestant> others)
    {
        (Name, Capture) = (name, capture);
        ProcessCost trial = MeasuredProcess.Run("1", Contestant.Appliance("trial", program, capture, TrialPasses).Command);
        Passes = Math.Max(TrialPasses, (int)Math.Ceiling(seconds * TrialPasses * ShareOfStart / trial.CpuSeconds));
        int filePasses = Math.Max(2, Passes / FilePassesDivisor);
        _steady = Contestant.Appliance("ours", program, capture, Passes, report: _report);
        _firstPass = Contestant.Appliance("ours, first pass", program, capture, 1);
        _firstFrame = Contestant.Appliance("ours, one frame", program, capture, 1, limit: 1);
        _none = Contestant.Appliance("ours, -o none, fewer passes", program, capture, filePasses);
        _file = Contestant.Appliance("ours, -o file, as many", program, capture, filePasses, events: _events);
        _oneCore = Contestant.Appliance("ours, one core", program, capture, Passes);
        _twoCores = Contestant.Appliance("ours, two cores", program, capture, Passes, shards: 2);
        _others = [.. others];
    }

    public string Name { get; }

    public string Capture { get; }

    /// <summary>Passes of a steady run.</summary>
    public int Passes { get; }

    public IReadOnlyList<Contestant> Others => _others;

    public ApplianceReport Report => _reports[^1];

    public long FramesPerPass => Report.Frames / Passes;

    public double Steady => PerPass(_steady);

    public double FirstPass => PerPass(_firstPass);

    /// <summary>Wall seconds from the start of the process to the end of a run of one frame: more than to that frame.</summary>
    public double FirstFrameSeconds => Median(_firstFrame).WallSeconds;

    /// <summary>Speed with a file as output, as a part of that without.</summary>
    public double FileShare => Median(_none).CpuSeconds / Median(_file).CpuSeconds;

    /// <summary>Speed on two cores as a multiple of that on one, in wall time.</summary>
    public double Scaling => Median(_oneCore).WallSeconds / Median(_twoCores).WallSeconds;

    public double PeakRssMebibytes => Median(_steady).PeakRssBytes / (double)(1 << 20);

    public double TwoShardsRssMebibytes => Median(_twoCores).PeakRssBytes / (double)(1 << 20);

    public double LongestPauseSeconds => _reports.Max(report => report.LongestPauseSeconds);

    /// <summary>Measures one round. What writes gigabytes comes last: it leaves the kernel work, and of the page cache little.</summary>
    public void Round()
    {
        PageCache.ReadAnew(Capture);
        Measure(_steady);
        _reports.Add(ApplianceReport.Read(_report));
        Measure(_oneCore);
        Measure(_twoCores, "0,1");
        Measure(_firstPass);
        Measure(_firstFrame);
        _others.ForEach(other => Measure(other));
        Measure(_none);
        FreshMemory.TouchMost();
        Measure(_file);
        Directory.Delete(_events, recursive: true);
    }

    /// <summary>CPU seconds of one pass.</summary>
    public double PerPass(Contestant contestant) => Median(contestant).CpuSeconds / contestant.Passes;

    public double RssMebibytes(Contestant contestant) => Median(contestant).PeakRssBytes / (double)(1 << 20);

    /// <summary>How many times as fast as another program, per CPU second.</summary>
    public double Ratio(string program) => _others.FirstOrDefault(other => other.Name.StartsWith(program, StringComparison.Ordinal)) is { } other
        ? PerPass(other) / Steady
        : double.NaN;

    /// <summary>Replays once and holds the events against the truth.</summary>
    public static TruthComparison Compare(string capture, string program, string truth)
    {
        var comparison = new TruthComparison(File.ReadLines(truth));
        ProcessStartInfo start = ApplianceCommand.ToRead(program, "replay", capture, "-o", "stdout", "--quiet", "--layout", "ecs", "-E", "tls.fingerprints=[sha256]");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        while (process.StandardOutput.ReadLine() is { } document)
        {
            comparison.Add(document);
        }

        process.WaitForExit();
        return process.ExitCode == 0
            ? comparison
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"replay of {capture} ended with {process.ExitCode}"));
    }

    private void Measure(Contestant contestant, string cpus = "1")
    {
        if (!_costs.TryGetValue(contestant, out List<ProcessCost>? costs))
        {
            _costs[contestant] = costs = [];
        }

        costs.Add(MeasuredProcess.Run(cpus, contestant.Command));
    }

    private ProcessCost Median(Contestant contestant) => ProcessCost.Median(_costs[contestant]);
}
