using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Benchmarks.Allocations;

/// <summary>
/// <c>allocations</c>: calls every benchmark in this process and compares the bytes that it allocates with <c>perf/results/allocations.json</c>. Takes
/// seconds, so that every run of the tests does it; times need BenchmarkDotNet and a quiet machine.
/// </summary>
internal static class AllocationCheck
{
    private const int WarmUp = 12;
    private const int Calls = 24;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string ExpectedFile => RepositoryRoot.Combine("perf", "results", "allocations.json");

    /// <summary>Prints a table. 1 when a figure moved up or has no counterpart.</summary>
    public static int Run(TextWriter output, bool writesExpected)
    {
        SortedDictionary<string, double> measured = Measure();
        if (writesExpected)
        {
            File.WriteAllText(ExpectedFile, JsonSerializer.Serialize(measured, Indented) + "\n");
        }

        IReadOnlyList<Finding> findings = Finding.Compare(measured, ReadExpected());
        output.WriteLine("| benchmark | bytes per operation | expected | |");
        output.WriteLine("|---|---:|---:|---|");
        foreach (Finding finding in findings)
        {
            output.WriteLine(FormattableString.Invariant($"| {finding.Name} | {finding.Measured:0.#} | {finding.Expected:0.#} | {finding.Verdict} |"));
        }

        return findings.Any(finding => finding.IsFailure) ? 1 : 0;
    }

    private static SortedDictionary<string, double> Measure()
    {
        SortedDictionary<string, double> measured = new(StringComparer.Ordinal);
        foreach (Subject subject in Subject.All())
        {
            measured.Add(subject.Name, Math.Round(subject.Measure(WarmUp, Calls), 2));
        }

        return measured;
    }

    private static Dictionary<string, double> ReadExpected() => JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(ExpectedFile))!;
}
