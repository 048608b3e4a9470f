using TlsAppliance.Benchmarks.Allocations;

namespace TlsAppliance.Benchmarks.Tests.Allocations;

public class SubjectTests
{
    private object? _kept;

    [Fact]
    public void Sees_every_single_object()
    {
        Subject objects = new("objects", Keep, Operations: 1);
        Assert.Equal(24, objects.Measure(warmUp: 10, calls: 100));
    }

    [Fact]
    public void Shares_the_figure_out_among_the_operations()
    {
        Subject objects = new("objects", Keep, Operations: 12);
        Assert.Equal(2, objects.Measure(warmUp: 10, calls: 100));
    }

    [Fact]
    public void Baselines_are_not_ours_to_check()
    {
        string[] names = [.. Subject.All().Select(subject => subject.Name)];
        Assert.Contains("FrameDecoderBenchmarks.Decode", names);
        Assert.DoesNotContain("FrameDecoderBenchmarks.PacketDotNet", names);
    }

    private long Keep()
    {
        _kept = new object();
        return _kept is null ? 0 : 1;
    }
}
