using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Pipeline.Tests.Diagnostics;

public class PipelineStatusTests
{
    [Fact]
    public void An_engine_that_is_well_has_nothing_to_complain_about() => Assert.Empty(Status(Snapshot(forwarded: 0), new ShardHealth(), new ShardHealth()).Complaints());

    [Fact]
    public void Before_the_first_snapshot_there_is_nothing_to_complain_about() => Assert.Empty(Status(null).Complaints());

    [Fact]
    public void Names_each_shard_that_does_not_read_and_each_residual() => Assert.Equal(
        [
            "shard 1 waits to be started again after 2 failures",
            "shard 2 is draining after 5 failures",
            "accounting residual of segments is -3",
            "accounting residual of lanes is 3",
        ],
        Status(
            Snapshot(forwarded: 3),
            new ShardHealth(),
            new ShardHealth { Failures = 2, IsInBackoff = true },
            new ShardHealth { Failures = 5, IsDraining = true }).Complaints());

    private static AccountingSnapshot Snapshot(long forwarded) => new(1, new PipelineCounters { Forwarded = forwarded }, new PipelineCounters(), 0);

    private static PipelineStatus Status(AccountingSnapshot? snapshot, params ShardHealth[] health) =>
        new(() => new PipelineCounters(), () => snapshot, () => { }, health);
}
