using System.Runtime.CompilerServices;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>What the engine allocates and holds, whatever the traffic.</summary>
[Collection(AloneCollection.Name)]
public class EngineMemoryTests
{
    private const long MiB = 1024 * 1024;

    /// <summary>
    /// Sessions with much data: what is allocated once per pass is far less than a byte per frame, and nothing else is. The thriftiest pass counts: what frames cost they cost in
    /// each, while one more batch of events for a sink that came late is made in some.
    /// </summary>
    [Fact]
    public void In_steady_state_the_engine_allocates_less_than_a_byte_per_frame()
    {
        FrameBlock block = Block([.. Mix.OfSessions(200).Concat(BulkFrames())]);
        List<long> allocated = [];
        PassSource source = new(block, passes: Soak.Count(24, 500), repetitions: 20, () => allocated.Add(GC.GetTotalAllocatedBytes(precise: true)));
        AppliancePipeline pipeline = new(new PipelineOptions { Shards = 2, UniqueFlows = true }, new Discarding());
        pipeline.Run(source, CancellationToken.None);
        long framesPerPass = block.Count * 20L;
        double least = allocated.Zip(allocated.Skip(1), (before, after) => (after - before) / (double)framesPerPass).Min();
        Assert.True(least <= 1, $"{least:0.000} bytes per frame");
        Assert.True(pipeline.Counters.Events >= 200);
    }

    [Fact]
    public void N19_A12_a_flood_of_syns_and_half_open_handshakes_costs_less_than_its_cap_and_hides_no_session()
    {
        int syns = Soak.Count(40_000, 2_000_000), halfOpen = Soak.Count(4_000, 200_000), honest = Soak.Count(200, 10_000), cap = Soak.Count(8_192, 262_144);
        PipelineOptions options = new() { Flows = new FlowOptions { MaximumFlows = cap } };
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true), peak = 0;
        Engine engine = new() { Options = options };
        BlockSource source = new(Flood(syns, halfOpen, honest), framesPerBlock: 4096) { OnRead = () => peak = Math.Max(peak, GC.GetTotalMemory(false)) };
        engine.Run(source);
        HashSet<string> sessions = [.. engine.Events.Documents.Where(document => EventCollection.EndReason(document) == "handshake_completed")];
        Assert.True(sessions.Count >= honest * 0.99, $"{sessions.Count} of {honest}");
        Assert.True(engine.Counters.Named["flows.evicted"] > 0);

        // Per flow: 400 bytes idle, 2 KiB with a held hello; two shards' fixed parts; events and garbage of the test itself.
        long bound = (long)(1.15 * ((2L * cap * (400 + 2048)) + (160 * MiB)));
        Assert.True(peak - before < bound, $"{(peak - before) / MiB} MiB of {bound / MiB}");
    }

    /// <summary>
    /// The dearest that the cap allows is a table full of hellos that wait for their answer. What a flood makes the engine hold beyond what it holds anyway is no more than that
    /// and 15 %. Held bytes after a full collection, on one thread: the same in each run.
    /// </summary>
    [Fact]
    public void N19_A12_a_flood_holds_no_more_than_a_table_full_of_pending_hellos()
    {
        int syns = Soak.Count(40_000, 2_000_000), halfOpen = Soak.Count(20_000, 200_000), honest = Soak.Count(200, 10_000), cap = Soak.Count(8_192, 131_072);
        PipelineOptions options = new() { Flows = new FlowOptions { MaximumFlows = cap } };
        Holding(options, Flood(1_000, 1_000, 10));
        (long none, _, _) = Holding(options, Flood(honest, 0, honest));
        (long full, _, _) = Holding(options, Mix.Session(0).Build(TcpConversation.Start).Concat(Enumerable.Range(0, cap).SelectMany(index => HalfOpen(1_000_000 + index, TcpConversation.Start))));
        (long flooded, int completed, long evicted) = Holding(options, Flood(syns, halfOpen, honest));
        Assert.True(evicted > 0);
        Assert.True(completed >= honest * 0.99, $"{completed} of {honest}");
        Assert.True(flooded - none <= 1.15 * (full - none), $"{(flooded - none) / 1024} KiB in a flood, {(full - none) / 1024} KiB in a full table, {none / 1024} KiB in any case");
    }

    /// <summary>The most that was held while the frames were read; and what became of the sessions. Not inlined, so that nothing of it is left for the next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (long Bytes, int Completed, long Evicted) Holding(PipelineOptions options, IEnumerable<RecordedFrame> frames)
    {
        const int looks = 16;
        long most = 0;
        int blocks = 0;
        using BlockSource source = new(frames, framesPerBlock: 4096)
        {
            OnRead = () => most = blocks++ % Soak.Count(1, looks) == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most,
        };
        CompletedSessions sink = new();
        ReplayPipeline pipeline = new(options, sink);
        pipeline.Run(source, CancellationToken.None);
        return (most, sink.Count, pipeline.Counters.Named["flows.evicted"]);
    }

    /// <summary>All mixed; half-open handshakes have sent their hello and go on no further.</summary>
    private static IEnumerable<RecordedFrame> Flood(int syns, int halfOpen, int honest)
    {
        int ratio = syns / honest, halfRatio = halfOpen / honest;
        for (int i = 0; i < honest; i++)
        {
            long time = TcpConversation.Start + i * 10_000_000L;
            RecordedFrame[] session = Mix.Session(i).Build(time);
            for (int frame = 0; frame < session.Length; frame++)
            {
                yield return session[frame];
                for (int syn = frame * ratio / session.Length; syn < (frame + 1) * ratio / session.Length; syn++)
                {
                    yield return Opened(1_000_000 + i * ratio + syn).Syn().Build(session[frame].Timestamp)[0];
                }
            }

            for (int half = 0; half < halfRatio; half++)
            {
                foreach (RecordedFrame frame in HalfOpen(4_000_000 + i * halfRatio + half, time + 5_000_000))
                {
                    yield return frame;
                }
            }
        }
    }

    private static RecordedFrame[] HalfOpen(int index, long time) => Opened(index).Open().Send(true, TcpConversationTls.ClientHello(index)).Build(time);

    private static TcpConversation Opened(int index) =>
        new((ushort)(Mix.FirstClientPort + index % 64_000), (ushort)(500 + index / 64_000), (uint)index * 31);

    /// <summary>Data of the sessions, long after their handshakes.</summary>
    private static IEnumerable<RecordedFrame> BulkFrames() => Enumerable.Range(0, 200).SelectMany(index =>
    {
        TcpConversation session = Mix.Session(index);
        int handshake = session.Segments.Count;
        for (int i = 0; i < 20; i++)
        {
            session.Send(i % 2 == 0, new byte[100]);
        }

        return session.Build(TcpConversation.Start + 1_000_000_000).Skip(handshake);
    });

    private static FrameBlock Block(RecordedFrame[] frames)
    {
        FrameBlock block = new(frames.Sum(frame => frame.Bytes.Length), frames.Length);
        block.Reset();
        int offset = 0;
        foreach (RecordedFrame frame in frames)
        {
            frame.Bytes.CopyTo(block.Buffer, offset);
            block.Add(new FrameRecord { Timestamp = frame.Timestamp, Offset = offset, Length = frame.Bytes.Length, WireLength = frame.LengthOnWire, LinkType = frame.LinkType });
            offset += frame.Bytes.Length;
        }

        return block;
    }

    /// <summary>One block again and again; each pass is a segment.</summary>
    private sealed class PassSource(FrameBlock block, int passes, int repetitions, Action onPass) : ICaptureSource
    {
        private int _runs;

        public long BytesRead => 0;

        public long BytesTotal => -1;

        public IReadOnlyList<CaptureFault> Faults => [];

        public bool TryRead(out FrameRun run)
        {
            run = default;
            if (_runs == passes * repetitions)
            {
                return false;
            }

            if (_runs++ % repetitions == 0)
            {
                onPass();
            }

            block.Retain();
            run = new FrameRun(block, 0, block.Count, EndsSegment: _runs % repetitions == 0);
            return true;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Counts the events of completed handshakes and keeps nothing.</summary>
    private sealed class CompletedSessions : Events.Delivery.IEventSink
    {
        public int Count { get; private set; }

        public ValueTask WriteAsync(Events.Delivery.EventBatch batch, CancellationToken cancellationToken)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                Count += batch.Document(i).IndexOf("\"end_reason\":\"handshake_completed\""u8) >= 0 ? 1 : 0;
            }

            batch.Complete();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Discarding : Events.Delivery.IEventSink
    {
        public ValueTask WriteAsync(Events.Delivery.EventBatch batch, CancellationToken cancellationToken)
        {
            batch.Complete();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
