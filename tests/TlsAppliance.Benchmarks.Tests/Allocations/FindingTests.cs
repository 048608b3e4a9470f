using TlsAppliance.Benchmarks.Allocations;

namespace TlsAppliance.Benchmarks.Tests.Allocations;

public class FindingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.24, 0.2)]
    [InlineData(4304, 4304)]
    [InlineData(4000, 4304)]
    public void Passes_what_did_not_move_up(double measured, double expected) => Assert.False(new Finding("x", measured, expected).IsFailure);

    [Theory]
    [InlineData(0.01, 0)]
    [InlineData(24, 0)]
    [InlineData(0.31, 0.2)]
    [InlineData(4305, 4304)]
    public void Fails_what_moved_up(double measured, double expected) => Assert.True(new Finding("x", measured, expected).IsFailure);

    [Fact]
    public void Says_when_an_expected_figure_may_be_lowered() =>
        Assert.StartsWith("moved down", new Finding("x", 4000, 4304).Verdict, StringComparison.Ordinal);

    [Fact]
    public void Fails_a_benchmark_without_a_figure_and_a_figure_without_a_benchmark()
    {
        IReadOnlyList<Finding> findings = Finding.Compare(
            new Dictionary<string, double> { ["new"] = 0, ["same"] = 0 }, new Dictionary<string, double> { ["gone"] = 0, ["same"] = 0 });
        Assert.Equal(["gone", "new"], findings.Where(finding => finding.IsFailure).Select(finding => finding.Name));
    }
}
