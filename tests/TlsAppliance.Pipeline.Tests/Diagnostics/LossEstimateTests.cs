using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Diagnostics;

/// <summary>Captures of which a known share is missing: the estimate is off by a fifth of it at most.</summary>
public class LossEstimateTests
{
    private const int Conversations = 600;
    private const double Accuracy = 0.2;

    /// <summary>Handshakes of a dozen segments.</summary>
    private const int Padding = 15_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Tells_the_share_of_segments_that_were_not_captured(double share)
    {
        Random random = new(7);
        RecordedFrame[] captured = [.. Enumerable.Range(0, Conversations).SelectMany(Conversation).Where(_ => random.NextDouble() >= share)];
        PipelineCounters counters = Replay.Of(captured).Counters;
        LossEstimate estimate = new(() => counters);
        estimate.EndInterval();

        Assert.InRange(estimate.Latest, share * (1 - Accuracy), share * (1 + Accuracy));
        Assert.Equal(estimate.Overall, estimate.Latest);
    }

    [Fact]
    public void An_interval_has_its_own_share_and_one_with_little_traffic_has_none()
    {
        PipelineCounters counters = new() { AcknowledgedBytes = 1_000_000, UnseenBytes = 100_000 };
        LossEstimate estimate = new(() => counters);
        estimate.EndInterval();
        Assert.Equal(0.1, estimate.Latest);
        counters.AcknowledgedBytes += 1_000_000;
        estimate.EndInterval();
        Assert.Equal((0, 0.05), (estimate.Latest, estimate.Overall));
        counters.AcknowledgedBytes += LossEstimate.Significant - 1;
        counters.UnseenBytes += LossEstimate.Significant - 1;
        estimate.EndInterval();
        Assert.Equal(0, estimate.Latest);
    }

    private static RecordedFrame[] Conversation(int number) => new TcpConversation((ushort)(1024 + number), 443, (uint)number * 7919, (uint)number * 104_729)
        .Open().Handshake(number, Padding).Close().Build(TcpConversation.Start + number * 1_000_000L);
}
