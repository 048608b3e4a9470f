namespace TlsAppliance.LoadTest.Measure;

/// <summary>One load into all targets: interleaved rounds, so that a drift of the machine meets all alike, and medians over them.</summary>
internal sealed class IndexingMeasurement
{
    private readonly IndexingRun _run;
    private readonly Dictionary<IndexingTarget, List<IndexingCost>> _costs = [];
    private readonly int _passes;
    private readonly int _realPasses;

    /// <param name="name">Of the load.</param>
    /// <param name="run">What is measured.</param>
    /// <param name="seconds">A run lasts about so long.</param>
    /// <param name="targets">Where to.</param>
    public IndexingMeasurement(string name, IndexingRun run, double seconds, IReadOnlyList<IndexingTarget> targets)
    {
        (Name, _run, Targets) = (name, run, targets);

        // Until the runtime has compiled what is hot, the page cache has the file and the server its template; the second time tells how many passes it takes.
        int Passes(IndexingTarget target)
        {
            run.Run(target, 1);
            return Math.Max(1, (int)Math.Ceiling(seconds / run.Run(target, 1).WallSeconds));
        }

        _passes = Passes(IndexingTarget.DiskQueueNullServer);
        _realPasses = targets.Contains(IndexingTarget.Elasticsearch) ? Passes(IndexingTarget.Elasticsearch) : 0;
    }

    public string Name { get; }

    public IReadOnlyList<IndexingTarget> Targets { get; }

    public void Round()
    {
        foreach (IndexingTarget target in Targets)
        {
            if (!_costs.TryGetValue(target, out List<IndexingCost>? costs))
            {
                _costs.Add(target, costs = []);
            }

            costs.Add(_run.Run(target, target == IndexingTarget.Elasticsearch ? _realPasses : _passes));
        }
    }

    public IReadOnlyList<IndexingCost> Rounds(IndexingTarget target) => _costs[target];

    public double Rate(IndexingTarget target) => Median(_costs[target].Select(cost => cost.EventsPerSecond));

    public double Cpu(IndexingTarget target) => Median(_costs[target].Select(cost => cost.CpuPerEvent));

    /// <summary>Median over the rounds of what one target costs beside another in the same round.</summary>
    public double Ratio(IndexingTarget target, IndexingTarget to) =>
        Median(_costs[target].Zip(_costs[to], (one, other) => one.EventsPerSecond / other.EventsPerSecond));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
