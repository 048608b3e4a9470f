using TlsAppliance.LoadTest.Measure;
using TlsAppliance.Testing;

namespace TlsAppliance.LoadTest.Tests.Measure;

/// <summary>What is measured is measured to its end: every event of every pass arrives at every target.</summary>
public class IndexingRunTests
{
    private const int Passes = 3;

    public static TheoryData<string> Targets => [.. Enum.GetNames<IndexingTarget>().Where(name => name != nameof(IndexingTarget.Elasticsearch))];

    [Theory]
    [MemberData(nameof(Targets))]
    public void All_events_of_all_passes_are_settled(string target)
    {
        using var folder = new TemporaryFolder();
        using var server = new NullBulkServer();
        var run = new IndexingRun(RepositoryRoot.Combine("replay-corpus", "vlan"), shards: 1, folder.Path, server.Url, realServer: null);
        long once = run.Run(IndexingTarget.Nothing, 1).Events;
        Assert.InRange(once, 1, long.MaxValue);

        // A run that indexes holds what was rendered against what the server took.
        Assert.Equal(Passes * once, run.Run(Enum.Parse<IndexingTarget>(target), Passes).Events);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
