using TlsAppliance.Testing;

namespace TlsAppliance.Benchmarks.Tests.Allocations;

public class AllocationCheckTests
{
    /// <summary>In a process of its own, so that its code is optimised from the first call on and nothing else runs beside it.</summary>
    [Fact]
    public void No_benchmark_allocates_more_than_the_committed_figures()
    {
        ToolProcess check = ToolProcess.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "TlsAppliance.Benchmarks.dll"), "allocations"]);
        Assert.True(check.ExitCode == 0, check.Everything);
    }
}
