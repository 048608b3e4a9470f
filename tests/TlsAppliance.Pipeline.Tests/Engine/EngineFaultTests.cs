using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>What a fault costs: its flow, or what was open in its shard, and nothing else.</summary>
public class EngineFaultTests
{
    private const int Sessions = 120;
    private const int Shards = 4;

    private static readonly RecordedFrame[] Frames = [.. Mix.OfSessions(Sessions)];
    private static readonly string[] Control = Documents(new Engine().Run(Frames));

    public static TheoryData<int> Lanes => [.. Enumerable.Range(0, Shards)];

    /// <summary>At the N-th frame of some flow of shard S.</summary>
    [Theory]
    [MemberData(nameof(Lanes))]
    public void A09_a_fault_in_a_flow_costs_that_flow_alone(int lane)
    {
        Random random = new(9 + lane);
        for (int round = 0; round < Soak.Count(10, 1000); round++)
        {
            int countdown = random.Next(1, 5 * Sessions / Shards), victim = 0;
            Engine engine = new() { Shards = Shards };
            engine.OnFlowFrame = port =>
            {
                if (engine.LaneOfPort[port] == lane && --countdown == 0)
                {
                    victim = port;
                    throw new InvalidOperationException("made for the test");
                }
            };
            engine.Run(Frames);
            int faults = victim == 0 ? 0 : 1;
            Assert.Equal(Control.Where(document => EventCollection.ClientPort(document) != victim), Documents(engine));
            Assert.Equal(faults, engine.Counters.Named["flows.quarantined"]);
            Assert.Equal(faults, engine.Notes.Recorded);
            Assert.All(engine.Notes.Notes, note => Assert.True(note.Length >= 54));
            Assert.True(engine.Counters.Quarantined >= faults);
            Assert.Equal(0, engine.Counters.FlowsLost);
            Assert.All(engine.Pipeline.Health, health => Assert.Equal(0, health.Failures));
        }
    }

    [Fact]
    public void A09_a_new_connection_lifts_the_quarantine()
    {
        RecordedFrame[] first = new TcpConversation(5000).Session(1).Build(), second = new TcpConversation(5000, clientNumber: 77).Session(2).Build();
        int frames = 0;
        Engine engine = new Engine { OnFlowFrame = _ => { if (++frames == 4) { throw new InvalidOperationException(); } } }.Run([.. first, .. second]);
        Assert.Equal("handshake_completed", EventCollection.EndReason(Assert.Single(engine.Events.Documents)));
        Assert.Equal(first.Length - 4, engine.Counters.Quarantined);
    }

    /// <summary>At the N-th frame of shard S.</summary>
    [Theory]
    [MemberData(nameof(Lanes))]
    public void A10_a_fault_of_a_shard_costs_what_was_open_in_it_and_no_other_shard_notices(int lane)
    {
        Random random = new(10 + lane);
        for (int round = 0; round < Soak.Count(10, 1000); round++)
        {
            int countdown = random.Next(1, Frames.Length / 5);
            Engine engine = new Engine { Shards = Shards, OnFrame = ThrowOnce(lane, () => --countdown == 0) }.Run(Frames);
            string[] lost = [.. Control.Except(engine.Events.Documents)];
            Assert.All(lost, document => Assert.Equal(lane, engine.LaneOfPort[EventCollection.ClientPort(document)]));

            // The frame at fault may have been the first of one more connection.
            Assert.InRange(lost.Length, 0, engine.Counters.FlowsLost + 1);
            Assert.Subset(lost.Select(EventCollection.ClientPort).ToHashSet(), engine.Events.Documents.Except(Control).Select(EventCollection.ClientPort).ToHashSet());
            Assert.Equal(engine.Events.Ids.Count, engine.Events.Ids.Distinct().Count());
            Assert.Equal(countdown > 0 ? 0 : 1, engine.Counters.Faulted);
            Assert.Equal(countdown > 0 ? 0 : 1, engine.Pipeline.Health[lane].Failures);
            Assert.Equal(0, engine.Counters.Drained);
        }
    }

    [Fact]
    public void A11_a_shard_that_always_fails_drains_and_the_others_lose_nothing()
    {
        for (int lane = 0; lane < 3; lane++)
        {
            int failing = lane;
            Engine engine = new Engine { Shards = 3, OnFrame = index => { if (index == failing) { throw new InvalidOperationException(); } } }.Run(Frames);
            Assert.Equal(
                Control.Where(document => engine.LaneOfPort.ContainsKey(EventCollection.ClientPort(document))), Documents(engine));
            Assert.True(engine.Events.Ids.Count > Sessions / 3);
            Assert.True(engine.Counters.Drained > 0);
            Assert.Equal(engine.Counters.Drained, engine.Pipeline.Health[lane].Drained);
            Assert.True(engine.Pipeline.Health[lane].Failures >= 5);
            Assert.True(engine.Pipeline.Health[lane].HasEnded);
            Assert.All(engine.Pipeline.Health.Where((_, index) => index != failing), health => Assert.Equal(0, health.Failures));
        }
    }

    [Fact]
    public void A11_a_shard_that_failed_for_a_while_comes_back_by_itself()
    {
        const int last = 100_000;
        int failures = 0;
        bool isBack = false;
        Engine engine = new()
        {
            OnFrame = lane =>
            {
                if (lane != 0)
                {
                    return;
                }

                if (failures++ < 12)
                {
                    throw new InvalidOperationException();
                }

                Volatile.Write(ref isBack, true);
            },
        };
        engine.Run(Mix.OfSessions(last).TakeWhile(_ => !Volatile.Read(ref isBack)).Concat(Mix.OfSessions(100, first: last)));
        Assert.True(isBack);
        Assert.Equal(12, engine.Pipeline.Health[0].Failures);
        Assert.False(engine.Pipeline.Health[0].IsDraining);
        Assert.True(engine.Counters.Drained > 0);
        Assert.Contains(Enumerable.Range(last, 100), index => engine.LaneOfPort.TryGetValue(PortOf(index), out int lane) && lane == 0);
    }

    [Fact]
    public void A11_a_shard_whose_making_fails_twice_loses_nothing()
    {
        int made = 0;
        Engine engine = new Engine
        {
            OnCreate = lane =>
            {
                if (lane == 1 && ++made <= 2)
                {
                    throw new InvalidOperationException();
                }
            },
        }.Run(Frames);
        Assert.Equal(Control, Documents(engine));
        Assert.Equal((3, 2L), (engine.Pipeline.Health[1].Incarnation, engine.Pipeline.Health[1].Failures));
    }

    [Fact]
    public void A11_shards_that_cannot_be_made_drain_everything()
    {
        Engine engine = new Engine { OnCreate = _ => throw new InvalidOperationException() }.Run(Frames);
        Assert.Empty(engine.Events.Documents);
        Assert.Equal(Frames.Length, engine.Counters.Drained);
    }

    private static string[] Documents(Engine engine) => engine.Events.Documents;

    private static int PortOf(int index) => Mix.Session(index).ClientPort;

    private static Action<int> ThrowOnce(int lane, Func<bool> isTime)
    {
        bool thrown = false;
        return index =>
        {
            if (index == lane && !thrown && isTime())
            {
                thrown = true;
                throw new InvalidOperationException("made for the test");
            }
        };
    }
}
