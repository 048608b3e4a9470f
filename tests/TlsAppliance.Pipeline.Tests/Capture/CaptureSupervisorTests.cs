using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Tests.Engine;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests.Capture;

/// <summary>Interfaces that fail in every way, beside one that does not.</summary>
public class CaptureSupervisorTests
{
    private const string Gone = "the interface is down or gone";

    private readonly RecordedFrame[][] _parts = [.. Enumerable.Range(0, 3).Select(part => Mix.OfSessions(20, first: 20 * part).ToArray())];

    [Fact]
    public void An_interface_that_goes_away_is_opened_again_until_it_is_back()
    {
        int opened = 0;
        ScriptedSource first = new(_parts[0], fault: Gone), last = new(_parts[1]);
        using LiveEngine engine = new([Input("test0", () => ++opened switch
        {
            1 => first,
            < 5 => throw new IOException("no interface is named test0"),
            _ => last,
        })]);
        CaptureHealth health = engine.Pipeline.Captures[0];
        engine.Await(() => health.Frames == _parts[0].Length + _parts[1].Length, "it was not captured again");
        engine.Stop();

        Assert.Equal((5, 4L, 1L, Gone), (opened, health.Failures, health.Outages, health.LatestFailure));
        Assert.Null(health.Failure);
        Assert.True(health.Down > TimeSpan.Zero);
        Assert.Equal(health.Frames, health.Kernel.Received);
        Assert.Equal(40, engine.Events.Ids.Count);
        Assert.True(first.IsDisposed && last.IsDisposed);
    }

    [Fact]
    public void One_that_cannot_be_opened_at_first_is_waited_for_and_that_is_told()
    {
        using ManualResetEventSlim plugged = new();
        using LiveEngine engine = new([Input("test0", () => plugged.IsSet ? new ScriptedSource(_parts[0]) : throw new IOException("test0 is down"))]);
        CaptureHealth health = engine.Pipeline.Captures[0];
        engine.Await(() => health.Failures > 3, "it was not tried again");
        Assert.Contains("test0 is not captured: test0 is down", engine.Pipeline.Status.Complaints());
        plugged.Set();
        engine.Await(() => health.Frames == _parts[0].Length, "it was not captured");
        engine.Stop();
        Assert.Equal(1, health.Outages);
    }

    [Fact]
    public void Nothing_else_stops_when_one_fails_for_ever()
    {
        using LiveEngine engine = new(
        [
            Input("test0", () => throw new IOException("never")),
            Input("test1", () => new ScriptedSource(_parts[0])),
            Input("test2", () => new ScriptedSource(_parts[1], fault: Gone)),
        ]);
        engine.Await(() => engine.Pipeline.Captures[1].Frames == _parts[0].Length && engine.Pipeline.Captures[2].Failures > 1, "the others stopped");
        engine.Stop();
        Assert.True(engine.Events.Ids.Count >= 40);
        Assert.All(engine.Pipeline.Captures, capture => Assert.True(capture.HasEnded));
    }

    private static LiveInput Input(string name, Func<Network.Frames.ILiveSource> open) => new(name, 0, open);
}
