namespace TlsAppliance.LoadTest.Measure;

/// <summary>One bound that the whole machine is held to.</summary>
/// <param name="Load">The load that it is about.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Must">Bar of a release.</param>
/// <param name="Aim">What is tried for.</param>
/// <param name="Value">The figure of a measurement; NaN when it was not taken.</param>
/// <param name="IsLimit">Less is better.</param>
internal sealed record Goal(string Load, string Measure, double Must, double Aim, Func<LoadMeasurement, double> Value, bool IsLimit = false)
{
    private const double Milliseconds = 1e3;

    public static IReadOnlyList<Goal> All { get; } =
    [
        new("mix", "÷ ndpiReader, packets per CPU second", 10, 15, load => load.Ratio("ndpiReader")),
        new("mix", "÷ tcpdump -w /dev/null", 1.1, 1.8, load => load.Ratio("tcpdump")),
        new("storm", "÷ ndpiReader, sessions per CPU second", 7, 14, load => load.Ratio("ndpiReader")),
        new("storm", "÷ tshark", 60, 120, load => load.Ratio("tshark")),
        new("bulk", "÷ ndpiReader", 7, 9, load => load.Ratio("ndpiReader")),
        new("bulk", "÷ tcpdump -w /dev/null", 2, 3, load => load.Ratio("tcpdump")),
        new("storm", "-o file ÷ -o none, speed", 0.7, 0.85, load => load.FileShare),
        new("mix", "first pass ÷ steady state, speed", 0.5, 0.8, load => load.Steady / load.FirstPass),
        new("storm", "first pass ÷ steady state, speed", 0.5, 0.8, load => load.Steady / load.FirstPass),
        new("mix", "process start to the end of a run of one packet, ms", 300, 100, load => load.FirstFrameSeconds * Milliseconds, IsLimit: true),
        new("mix", "wall time, 1 to 2 cores, speed", 1.3, 1.5, load => load.Scaling),
        new("storm", "wall time, 1 to 2 cores, speed", 1.6, 1.8, load => load.Scaling),
        new("mix", "bytes allocated per packet", 1, 0, load => load.Report.AllocatedBytes / (double)load.Report.Frames, IsLimit: true),
        new("storm", "bytes allocated per event", 256, 0, load => load.Report.AllocatedBytes / (double)load.Report.Events, IsLimit: true),
        new("storm", "longest pause for a garbage collection, ms", 5, 1, load => load.LongestPauseSeconds * Milliseconds, IsLimit: true),
        new("mix", "peak RSS with 2 shards, MiB", 256, 128, load => load.TwoShardsRssMebibytes, IsLimit: true),
        new("storm", "peak RSS with 2 shards, MiB", 256, 128, load => load.TwoShardsRssMebibytes, IsLimit: true),
        new("bulk", "peak RSS with 2 shards, MiB", 256, 128, load => load.TwoShardsRssMebibytes, IsLimit: true),
    ];

    public string Verdict(double value) => Reaches(value, Aim) ? "aim" : Reaches(value, Must) ? "must" : "missed";

    private bool Reaches(double value, double bound) => IsLimit ? value <= bound : value >= bound;
}
