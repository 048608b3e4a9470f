using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>
/// The events of an input are the same for an inline pipeline whose shard sees every frame and for any number of shards behind the shunt, however the frames come.
/// </summary>
public class SameEventsTests
{
    public static TheoryData<int> Shards => [1, 2, 8];

    [Theory]
    [MemberData(nameof(Shards))]
    public void A_mix_of_all_kinds_gives_the_same_events(int shards)
    {
        for (int seed = 0; seed < Soak.Count(6, 500); seed++)
        {
            RecordedFrame[] frames = Mix.OfAllKinds(seed, 150);
            (EventCollection inline, PipelineCounters counted) = Inline(new BlockSource(frames));
            Engine engine = new Engine { Shards = shards }.Run(frames, framesPerBlock: 1 + seed % 3 * 100);
            Assert.True(inline.Documents.Length > 80);
            Assert.Equal(inline.Documents, engine.Events.Documents);
            AssertSameCounts(counted, engine.Counters);
        }
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void Each_segment_is_an_input_of_its_own(int shards)
    {
        RecordedFrame[] frames = Mix.OfAllKinds(seed: 99, 60);
        IEnumerable<RecordedFrame?> threeTimes = [.. frames, null, .. frames, null, .. frames];
        (EventCollection inline, PipelineCounters counted) = Inline(new BlockSource(threeTimes));
        Engine engine = new Engine { Shards = shards }.Run(threeTimes);
        Assert.Equal(inline.Documents, engine.Events.Documents);
        AssertSameCounts(counted, engine.Counters);
    }

    /// <summary>What a shard says of a connection comes back when the same connection is open again in the next segment.</summary>
    [Fact]
    public void A_short_input_in_a_loop_gives_its_events_in_each_pass()
    {
        const int sessions = 100, passes = 60;
        RecordedFrame[] frames = [.. Mix.OfSessions(sessions, openAtATime: sessions)];
        Engine engine = new Engine().Run(Enumerable.Range(0, passes).SelectMany(_ => frames.Append<RecordedFrame?>(null)));
        Assert.Equal(sessions * passes, engine.Events.Ids.Count);
        Assert.Equal(sessions, engine.Events.Ids.Distinct().Count());
    }

    [Fact]
    public void The_loop_with_unique_flows_gives_new_sessions_in_each_pass()
    {
        RecordedFrame[] frames = [.. Mix.OfSessions(5)];
        IEnumerable<RecordedFrame?> passes = Enumerable.Range(0, 10).SelectMany(_ => frames.Append<RecordedFrame?>(null));
        Engine engine = new Engine { Options = new PipelineOptions { UniqueFlows = true } }.Run(passes);
        Assert.Equal(50, engine.Events.Ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void The_captures_of_the_corpus_give_the_same_events(int shards)
    {
        CaptureInputs inputs = CaptureInputs.Resolve([RepositoryRoot.Combine("replay-corpus")]);
        Assert.True(inputs.Files.Count > 50);
        using SequentialCaptureSource apart = new(inputs), again = new(inputs);
        (EventCollection inline, PipelineCounters counted) = Inline(apart);
        Engine engine = new Engine { Shards = shards }.Run(again);
        Assert.Equal(inline.Documents, engine.Events.Documents);
        AssertSameCounts(counted, engine.Counters);
    }

    [Theory]
    [MemberData(nameof(Shards))]
    public void The_captures_of_the_corpus_on_one_time_line_give_the_same_events(int shards)
    {
        CaptureInputs inputs = CaptureInputs.Resolve([RepositoryRoot.Combine("replay-corpus")]);
        using MergedCaptureSource merged = new(inputs), again = new(inputs);
        (EventCollection inline, PipelineCounters counted) = Inline(merged);
        Engine engine = new Engine { Shards = shards }.Run(again);
        Assert.Equal(inline.Documents, engine.Events.Documents);
        AssertSameCounts(counted, engine.Counters);
    }

    [Fact]
    public void The_inline_pipeline_gives_the_same_events_with_and_without_shunt()
    {
        RecordedFrame[] frames = Mix.OfAllKinds(seed: 7, 150);
        EventCollection events = new();
        ReplayPipeline pipeline = new(new PipelineOptions(), events);
        pipeline.Run(new BlockSource(frames), CancellationToken.None);
        (EventCollection unshunted, PipelineCounters counted) = Inline(new BlockSource(frames));
        Assert.Equal(unshunted.Documents, events.Documents);
        AssertSameCounts(counted, pipeline.Counters);
    }

    private static (EventCollection Events, PipelineCounters Counters) Inline(ICaptureSource source)
    {
        EventCollection events = new();
        ReplayPipeline pipeline = new(new PipelineOptions(), events) { Shunts = false };
        pipeline.Run(source, CancellationToken.None);
        return (events, pipeline.Counters);
    }

    private static void AssertSameCounts(PipelineCounters expected, PipelineCounters actual)
    {
        Assert.Equal(expected.ByStatus, actual.ByStatus);
        Assert.Equal(Numbers(expected), Numbers(actual));
        Assert.Equal(expected.Named.InOrder.Select(counter => counter.Name), actual.Named.InOrder.Select(counter => counter.Name));
    }

    /// <summary>Not those of connections: a shard forgets one whose frames the dispatcher keeps from it sooner than the inline pipeline does.</summary>
    private static (string Name, long Count)[] Numbers(PipelineCounters counters) =>
    [
        ("frames", counters.Frames), ("captured", counters.CapturedBytes), ("wire", counters.WireBytes), ("defragmented", counters.DefragmentedSegments),
        ("sessions", counters.Sessions), ("events", counters.Events), ("bytes", counters.EventBytes),
        ("copies", counters.Copies), ("delivered", counters.Delivered), ("gaps", counters.Gaps), ("gap bytes", counters.GapBytes),
    ];
}
