using TlsAppliance.Pipeline.Delivery;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>Slow and broken sinks, and stops at any moment.</summary>
public class EngineDeliveryTests
{
    [Fact]
    public async Task B09_a_sink_that_does_not_take_makes_the_reader_wait_and_loses_nothing()
    {
        const int sessions = 100_000;
        using CancellationTokenSource stop = new();
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        BlockSource source = new(Mix.OfSessions(sessions));
        Engine engine = new() { Stop = stop.Token, Events = new EventCollection { OnWrite = _ => new ValueTask(gate.Task) } };
        Task run = Task.Run(() => engine.Run(source), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => engine.Pipeline?.ReaderWaits > 0, TimeSpan.FromSeconds(30)));

        // Lanes and their batches under way, and what was rendered before the channel was full.
        Assert.InRange(source.FramesRead, 1, 2 * (Lane.Batches + 2) * FrameBatch.MaximumEntries + (EventChannel.Capacity + 2 * EventOutlet.MaximumPending) * 6_000);
        stop.Cancel();
        gate.SetResult();
        await run;
        Assert.Equal(engine.Pipeline!.ReaderWaits, source.Waits);
        Assert.Equal(0, engine.Counters.Undelivered);
        Assert.Equal(engine.Counters.Events, engine.Events.Ids.Distinct().Count());
    }

    [Fact]
    public void B09_a_sink_that_answers_late_gets_everything_once()
    {
        Engine engine = new Engine { Events = new EventCollection { OnWrite = async _ => await Task.Yield() } }.Run(Mix.OfSessions(2_000));
        Assert.Equal(2_000, engine.Events.Ids.Distinct().Count());
        Assert.Equal(2_000, engine.Events.Ids.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_of_the_sink_ends_an_endless_run_and_is_told(bool atOnce)
    {
        int batches = 0;
        Engine engine = new()
        {
            Events = new EventCollection
            {
                OnWrite = async _ =>
                {
                    if (!atOnce)
                    {
                        await Task.Yield();
                    }

                    if (++batches == 3)
                    {
                        throw new IOException("full");
                    }
                },
            },
        };
        IOException failure = Assert.Throws<IOException>(() => engine.Run(Mix.OfSessions(10_000_000)));
        Assert.Equal("full", failure.Message);
        PipelineCounters counters = engine.Counters;
        Assert.Equal(engine.Events.Ids.Count, counters.Delivered);
        Assert.True(counters.Undelivered > 0);
        Assert.Equal(counters.Events, counters.Delivered + counters.Undelivered);
        Assert.All(engine.Pipeline.LatestSnapshot!.Residuals, residual => Assert.Equal(0, residual.Value));
    }

    [Fact]
    public void A14_a_stop_at_any_moment_writes_what_was_decided_once_and_nothing_that_was_open()
    {
        RecordedFrame[] frames = [.. Mix.OfSessions(60)];
        Random random = new(14);
        for (int round = 0; round < Soak.Count(40, 1000); round++)
        {
            int last = random.Next(frames.Length);
            Engine engine = Stopped(frames, last, 1 + round % 3);
            Assert.Equal(engine.Events.Ids.Count, engine.Events.Ids.Distinct().Count());
            Assert.DoesNotContain(engine.Events.Documents, document => EventCollection.EndReason(document) != "handshake_completed");
            Assert.Equal(DecidedIn(frames[..(int)engine.Counters.Frames]), engine.Events.Documents);
        }
    }

    [Fact]
    public void A14_a_stop_does_not_wait_for_a_sink_that_takes_nothing_more()
    {
        using CancellationTokenSource stop = new();
        EventCollection events = new()
        {
            OnWrite = async giveUp =>
            {
                stop.Cancel();
                TaskCompletionSource never = new();
                await never.Task.WaitAsync(giveUp);
            },
        };
        Engine engine = new Engine { Events = events, Stop = stop.Token, StopDeadline = TimeSpan.FromMilliseconds(20) }.Run(Mix.OfSessions(10_000_000));
        Assert.Empty(events.Ids);
        Assert.True(engine.Counters.Undelivered > 0);
    }

    [Fact]
    public void A_source_that_throws_ends_the_run_and_publishes_no_open_session()
    {
        static IEnumerable<RecordedFrame> Broken()
        {
            foreach (RecordedFrame frame in Mix.OfSessions(10, openAtATime: 10).Take(60))
            {
                yield return frame;
            }

            throw new InvalidDataException("made for the test");
        }

        Engine engine = new();
        Assert.Throws<InvalidDataException>(() => engine.Run(new BlockSource(Broken(), framesPerBlock: 1)));
        Assert.Empty(engine.Events.Ids);
    }

    [Fact]
    public void A_pipeline_runs_once()
    {
        Engine engine = new Engine().Run([]);
        Assert.Throws<InvalidOperationException>(() => engine.Pipeline.Run(new BlockSource([]), CancellationToken.None));
    }

    private static Engine Stopped(RecordedFrame[] frames, int last, int shards)
    {
        using CancellationTokenSource stop = new();
        return new Engine { Shards = shards, Stop = stop.Token }.Run(Until(frames, last, stop));
    }

    private static IEnumerable<RecordedFrame> Until(RecordedFrame[] frames, int last, CancellationTokenSource stop)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if (i == last)
            {
                stop.Cancel();
            }

            yield return frames[i];
        }
    }

    /// <summary>What a run that sees only these frames decides before its end.</summary>
    private static string[] DecidedIn(RecordedFrame[] frames)
    {
        EventCollection events = new();
        new ReplayPipeline(new PipelineOptions(), events).Run(new BlockSource(frames), CancellationToken.None);
        return [.. events.Documents.Where(document => EventCollection.EndReason(document) == "handshake_completed")];
    }
}
