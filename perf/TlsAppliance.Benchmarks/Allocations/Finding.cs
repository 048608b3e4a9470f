namespace TlsAppliance.Benchmarks.Allocations;

/// <summary>Bytes per operation of one benchmark: measured, and as they should be. NaN stands for one that is missing.</summary>
internal readonly record struct Finding(string Name, double Measured, double Expected)
{
    /// <summary>What is shared out among many operations is told to a tenth of a byte.</summary>
    private const double Tolerance = 0.1;

    public string Verdict =>
        double.IsNaN(Expected) ? "no expected figure"
        : double.IsNaN(Measured) ? "no such benchmark"
        : Measured == 0 && Expected == 0 ? "ok"
        : Expected == 0 || Measured >= Expected + Tolerance ? "moved up"
        : Measured <= Expected - Tolerance ? "moved down: lower the expected figure"
        : "ok";

    /// <summary>A figure that went down is good news and fails nothing.</summary>
    public bool IsFailure => Verdict is not "ok" && !Verdict.StartsWith("moved down", StringComparison.Ordinal);

    /// <summary>Joins what was measured with what is expected, in the order of their names.</summary>
    public static IReadOnlyList<Finding> Compare(IReadOnlyDictionary<string, double> measured, IReadOnlyDictionary<string, double> expected) =>
    [
        .. measured.Keys.Union(expected.Keys).Order(StringComparer.Ordinal)
            .Select(name => new Finding(name, measured.GetValueOrDefault(name, double.NaN), expected.GetValueOrDefault(name, double.NaN))),
    ];
}
