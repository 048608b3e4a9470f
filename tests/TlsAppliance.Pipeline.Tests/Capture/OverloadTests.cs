using Microsoft.Extensions.Time.Testing;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Tests.Engine;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Capture;

/// <summary>A shard that the test holds: what its lane takes, what is shed before what, and how that is told.</summary>
public sealed class OverloadTests : IDisposable
{
    private const int Sessions = 40;

    /// <summary>More than a lane holds.</summary>
    private const int Payload = 6_000;

    private readonly ManualResetEventSlim _go = new();

    /// <summary>Stands still: no batch goes on its way before it is full, so that a lane holds the same on every machine.</summary>
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _go.Dispose();

    [Fact]
    public void Payload_of_connections_whose_beginning_was_not_seen_is_shed_and_every_handshake_is_kept()
    {
        RecordedFrame[] sessions = [.. Mix.OfSessions(Sessions)];
        using LiveEngine engine = Hold([.. PayloadFrames(), .. sessions], isPressed: true);
        PipelineCounters held = AwaitFrames(engine, Payload + sessions.Length);
        _time.Advance(TimeSpan.FromSeconds(1));
        engine.Await(() => engine.Pipeline.Captures[0].LatestShed > 0, "the health does not tell");
        Assert.Contains(engine.Pipeline.Status.Complaints(), complaint => complaint.StartsWith("test0 sheds ", StringComparison.Ordinal));
        _go.Set();
        AccountingSnapshot last = engine.Stop();

        Assert.InRange(held.ShedMidstream, Payload / 4, Payload - 1);
        Assert.Equal(0, held.DroppedByLane);
        Assert.Equal(Sessions, engine.Events.Ids.Count);
        Assert.Equal(held.ShedMidstream, last.Dispatched.ShedMidstream);
    }

    [Fact]
    public void What_finds_a_full_lane_is_dropped_and_counted_and_nobody_waits()
    {
        RecordedFrame[] sessions = [.. Mix.OfSessions(1_000)];
        using LiveEngine engine = Hold(sessions, isPressed: true);
        PipelineCounters held = AwaitFrames(engine, sessions.Length);
        _go.Set();
        PipelineCounters dispatched = engine.Stop().Dispatched;

        Assert.True(held.DroppedByLane > 0);
        Assert.Equal(sessions.Length, dispatched.Frames);
        Assert.Equal(sessions.Length, dispatched.Forwarded + dispatched.Shunted + dispatched.ShedMidstream + dispatched.DroppedByLane);
        Assert.InRange(engine.Events.Ids.Count, 1, 999);
    }

    [Fact]
    public void As_long_as_the_ring_has_room_nothing_is_shed()
    {
        RecordedFrame[] sessions = [.. Mix.OfSessions(Sessions)];
        using LiveEngine engine = Hold([.. PayloadFrames(), .. sessions], isPressed: false);
        engine.Await(() => engine.Pipeline.ReaderWaits > 0, "the dispatcher does not wait");
        _go.Set();
        AwaitFrames(engine, Payload + sessions.Length);
        engine.Stop();

        Assert.Equal((0L, 0L), (engine.Counters.ShedMidstream, engine.Counters.DroppedByLane));
        Assert.Equal(Sessions, engine.Events.Ids.Count);
    }

    private static PipelineCounters AwaitFrames(LiveEngine engine, long frames)
    {
        engine.Await(() => engine.Counters.Frames == frames, $"the capture waits for a shard that hangs: {engine.Counters.Frames} of {frames} frames");
        return engine.Counters;
    }

    /// <summary>One shard, which waits before its first frame until the test lets it go.</summary>
    private LiveEngine Hold(RecordedFrame[] frames, bool isPressed) =>
        new([new LiveInput("test0", 0, () => new ScriptedSource(frames) { IsPressed = isPressed })], laneProbe: _ => _go.Wait(), _time);

    /// <summary>Segments of many transfers that were under way before the capture began; no byte of them looks like a handshake.</summary>
    private static IEnumerable<RecordedFrame> PayloadFrames() => Enumerable.Range(0, Payload).SelectMany(number =>
        new TcpConversation((ushort)(1024 + number), 8443, (uint)number * 7919).Send(true, 0xA5, 0x5A, 0xA5, 0x5A).Build(TcpConversation.Start));
}
