using System.Runtime.CompilerServices;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Network.Reassembly;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>
/// One share of the connections: follows them from frame to event. Plain, single-threaded, without a clock; whoever drives it hands in frames and
/// ticks in frame order. Everything it holds is its own and dies with it. Its events do not depend on how many shards there are.
/// </summary>
public sealed partial class Shard
{
    /// <summary>Seconds that the numbers of a settled connection count; less than the record lives at least.</summary>
    private const int OpeningReach = 60;

    private readonly PipelineCounters _counters;
    private readonly IFrameRecorder? _recorder;
    private readonly FlowHash _hash;
    private readonly StreamReassembler _reassembler;
    private readonly TrackerPool _trackers;
    private readonly EventOutput _output;
    private readonly Stack<TlsFlow> _idleFlows = new();
    private readonly PriorityQueue<TlsFlow, long> _waiting = new();
    private readonly FlowTable<FlowRecord> _flows;
    private long _now;
    private long _gapsCounted, _gapBytesCounted;

    /// <param name="options">Bounds and switches.</param>
    /// <param name="hash">Hash of flow keys; the same for all shards of a pipeline.</param>
    /// <param name="counters">The cells that this shard counts in.</param>
    /// <param name="deliver">Takes over a full batch of events; may block.</param>
    /// <param name="recorder">Keeps the frame that quarantined a flow, if anything does.</param>
    public Shard(PipelineOptions options, FlowHash hash, PipelineCounters counters, Action<EventBatch> deliver, IFrameRecorder? recorder = null)
    {
        _counters = counters;
        _recorder = recorder;
        _hash = hash;
        FlowOptions flows = options.Flows with { Timeouts = options.Flows.Timeouts with { Handshake = options.TransactionTimeout } };
        _reassembler = new StreamReassembler(options.Reassembly);
        _resetTimeout = options.Reassembly.HoleTimeout.Ticks * TimeSpan.NanosecondsPerTick;
        _trackers = new TrackerPool(options.Tls, options.Certificates);
        _output = new EventOutput(options.EventSource ?? new EventOptionsSource(options.Events), deliver);
        _flows = new FlowTable<FlowRecord>(flows, hash);
    }

    /// <summary>Connections that are followed or remembered now.</summary>
    public int FlowCount => _flows.Count;

    /// <summary>Connections that are being read, counted one by one.</summary>
    public long OpenFlows
    {
        get
        {
            long open = 0;
            for (int index = 0; index < _flows.IndexEnd; index++)
            {
                open += _flows.IsUsed(index) && _flows[index].Flow is not null ? 1 : 0;
            }

            return open;
        }
    }

    /// <summary>Frames in one of the cells that a shard counts frames in.</summary>
    internal long AccountedFrames => _counters.Processed + _counters.Shunted + _counters.Quarantined + _counters.Strays;

    /// <summary>Where connections that need no more frames are told; null: nobody wants to know.</summary>
    internal List<FinishedFlow>? Finished { get; set; }

    /// <summary>Called for each frame of an open flow, within the bounds of its quarantine; tests throw here.</summary>
    internal Action<FlowKey>? FaultProbe { get; set; }

    /// <summary>Takes one TCP segment.</summary>
    /// <param name="frame">The frame that carried it (of a reassembled datagram its last fragment).</param>
    /// <param name="segment">What its headers said.</param>
    /// <param name="payload">The captured TCP payload, borrowed for the call.</param>
    public void Process(in CapturedFrame frame, in DecodedFrame segment, ReadOnlySpan<byte> payload) =>
        Process(frame, segment, payload, _hash.Compute(segment.Key));

    /// <inheritdoc cref="Process(in CapturedFrame, in DecodedFrame, ReadOnlySpan{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Process(in CapturedFrame frame, in DecodedFrame segment, ReadOnlySpan<byte> payload, ulong hash)
    {
        int index = _flows.Find(segment.Key, hash);
        if (index < 0)
        {
            if (!OpensFlow(segment))
            {
                _counters.Strays++;
                return;
            }

            index = AddFlow(segment, hash);
        }

        _flows.Touch(index, _now, SeenTime(frame.Timestamp));
        ref FlowRecord record = ref _flows[index];
        OpeningVerdict verdict = JudgeOpening(record, segment);
        NoteOpening(ref record, segment);
        if (verdict == OpeningVerdict.New)
        {
            Reopen(ref record, index, segment);
            verdict = OpeningVerdict.Belongs;
        }

        if (record.Flow is null)
        {
            CountShunted(record, hash);
            return;
        }

        _counters.Processed++;
        Follow(ref record, index, frame, segment, payload, verdict);
        _output.FlushIfFull();
    }

    /// <summary>Packet time has come to <paramref name="now"/>: gives up holes and idle flows. Sent in frame order, about every 100 ms of packet time.</summary>
    public void Tick(long now)
    {
        _now = Math.Max(_now, now);
        GiveUpHoles();
        Expiry expiry = new(this);
        _flows.Expire(_now, ref expiry);
        CountGaps();
    }

    /// <summary>The time line ends: publishes all open sessions, forgets all flows, and the clock starts anew.</summary>
    public void EndSegment()
    {
        for (int index = 0; index < _flows.IndexEnd; index++)
        {
            if (_flows.IsUsed(index))
            {
                Close(index, EndReason.EndOfInput);
                _output.FlushIfFull();
            }
        }

        _flows.Clear();
        _waiting.Clear();
        _now = 0;
        Flush();
    }

    /// <summary>Hands over the events rendered so far.</summary>
    public void Flush()
    {
        CountGaps();
        _output.Flush();
    }

    /// <summary>Copies the counters that have no cell of their own.</summary>
    public void CopyNamedCounters(NamedCounters named)
    {
        ReassemblyCounters segments = _reassembler.Counters;
        named["segments.out_of_order"] = segments.OutOfOrder;
        named["segments.duplicate"] = segments.Duplicates;
        named["segments.overlap"] = segments.Overlaps;
        named["segments.overlap_different"] = segments.DifferingOverlaps;
        named["segments.out_of_window"] = segments.OutOfWindow;
        named["segments.after_fin"] = segments.AfterFin;
        named["segments.cut_bytes"] = segments.CutBytes;
        named["segments.memory_gaps"] = segments.MemoryGaps;
        named["segments.acknowledged_unseen"] = _acknowledgedUnseen;
        named["segments.urgent"] = _urgent;
        named["segments.reset_ignored"] = _resetsIgnored;
        named["segments.foreign_opening"] = _foreignOpenings;
        named["flows.expired"] = _expired;
        named["flows.evicted"] = _evicted;
        named["flows.not_tls"] = _notTls;
        named["flows.quarantined"] = _quarantines;
        named["flows.port_reuse"] = _portReuses;
        named["events.filtered"] = _eventsFiltered;
    }

    /// <summary>
    /// A frame ahead of the clock counts as seen at its own time: if the clock moves there soon, in one jump or in several, its flow must not look
    /// idle. One behind the clock counts as seen now.
    /// </summary>
    private long SeenTime(long timestamp) => Math.Max(_now, timestamp);

    /// <summary>A reset or a bare FIN of a connection that is not known opens nothing.</summary>
    private static bool OpensFlow(in DecodedFrame segment) =>
        (segment.Flags & TcpFlags.Rst) == 0
        && ((segment.Flags & TcpFlags.Fin) == 0 || (segment.Flags & TcpFlags.Syn) != 0 || segment.PayloadLength + segment.PayloadMissing > 0);

    private int AddFlow(in DecodedFrame segment, ulong hash)
    {
        if (_flows.IsFull)
        {
            Evict();
        }

        int index = _flows.Add(segment.Key, hash, _now);
        Open(ref _flows[index], index, segment);
        return index;
    }

    private void Evict()
    {
        int victim = _flows.FindVictim();
        Close(victim, EndReason.Evicted);
        _flows.Remove(victim);
        _evicted++;
    }

    private void Open(ref FlowRecord record, int index, in DecodedFrame segment)
    {
        TlsFlow flow = _idleFlows.TryPop(out TlsFlow? idle) ? idle : new TlsFlow();
        flow.Begin(index, segment);
        record.Flow = flow;
        record.State = FlowState.Open;
        _counters.Flows++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OpeningVerdict JudgeOpening(in FlowRecord record, in DecodedFrame segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != TcpFlags.Syn)
        {
            return OpeningVerdict.Repeated;
        }

        if (record.State == FlowState.Quarantined && !LiftsQuarantine(record, segment))
        {
            return OpeningVerdict.Repeated;
        }

        TcpSequence number = new(segment.SequenceNumber);
        OpeningVerdict verdict = (segment.Flags & TcpFlags.Ack) == 0
            ? record.Opening.JudgeSyn(segment.SourceIsLow, number, record.Flow)
            : record.Opening.JudgeSynAck(segment.SourceIsLow, number, new TcpSequence(segment.AcknowledgmentNumber), record.Flow);
        return verdict == OpeningVerdict.Foreign && IsLongSettled(record) ? OpeningVerdict.New : verdict;
    }

    /// <summary>
    /// The numbers of a connection that was settled so long ago say nothing of the next one. A fixed time, like <see cref="CopyReach"/>: how long the record lives
    /// depends on how many frames were shunted before they came here.
    /// </summary>
    private bool IsLongSettled(in FlowRecord record) => record.Flow is null && SecondsSince(record.SettledSecond) >= OpeningReach;

    private ushort CurrentSecond => unchecked((ushort)(_now / 1_000_000_000));

    private int SecondsSince(ushort second) => unchecked((ushort)(CurrentSecond - second));

    /// <summary>A SYN of another connection does. What the failed one learned of its own numbers may be nothing.</summary>
    private static bool LiftsQuarantine(in FlowRecord record, in DecodedFrame segment) =>
        (segment.Flags & TcpFlags.Ack) == 0 && (record.OpenedBy != OpeningKind.Syn || record.Generation != segment.SequenceNumber);

    /// <summary>A new connection on the addresses and ports of an old one.</summary>
    private void Reopen(ref FlowRecord record, int index, in DecodedFrame segment)
    {
        if (record.Flow is not null)
        {
            _portReuses++;
            Close(index, EndReason.PortReuse);
        }

        if (IsLongSettled(record))
        {
            record.Opening = default;
        }

        record.Opening.Renew(segment.SourceIsLow);
        _flows.Classify(index, FlowClass.Embryonic, _now);
        Open(ref record, index, segment);
    }

    /// <summary>The same rule as the dispatcher's, so that both know a connection by the same number.</summary>
    private static void NoteOpening(ref FlowRecord record, in DecodedFrame segment)
    {
        if ((segment.Flags & TcpFlags.Syn) == 0)
        {
            return;
        }

        OpeningKind kind = (segment.Flags & TcpFlags.Ack) == 0 ? OpeningKind.Syn : OpeningKind.SynAck;
        if (kind >= record.OpenedBy)
        {
            (record.OpenedBy, record.Generation) = (kind, segment.SequenceNumber);
        }
    }

    /// <summary>Frames of a quarantined flow keep coming here, to be counted as such.</summary>
    private void CountShunted(in FlowRecord record, ulong hash)
    {
        if (record.State == FlowState.Quarantined)
        {
            _counters.Quarantined++;
            return;
        }

        _counters.Shunted++;
        Report(record, hash);
    }

    /// <summary>This shard has failed: what is open in it is closed without an event. Told by the cells, for the table may be what failed.</summary>
    internal void CountAsLost()
    {
        long open = _counters.Flows - _counters.FlowsClosed;
        _counters.FlowsLost += open;
        _counters.FlowsClosed += open;
    }

    /// <summary>What does not fit is told with the connection's next frame.</summary>
    private void Report(in FlowRecord record, ulong hash)
    {
        if (Finished is { Count: < FrameBatch.MaximumEntries } finished)
        {
            finished.Add(new FinishedFlow(hash, record.Generation, record.OpenedBy, _now));
        }
    }

    private void GiveUpHoles()
    {
        while (_waiting.TryPeek(out TlsFlow? flow, out long deadline) && deadline <= _now)
        {
            _waiting.Dequeue();
            if (flow.QueuedDeadline == deadline)
            {
                flow.QueuedDeadline = TlsFlow.NoDeadline;
                GiveUpHoles(flow);
                _output.FlushIfFull();
            }
        }
    }

    /// <summary>The cells outlive the shard, the reassembler does not.</summary>
    private void CountGaps()
    {
        ReassemblyCounters segments = _reassembler.Counters;
        _counters.Gaps += segments.Gaps - _gapsCounted;
        _counters.GapBytes += segments.GapBytes - _gapBytesCounted;
        (_gapsCounted, _gapBytesCounted) = (segments.Gaps, segments.GapBytes);
    }

    /// <summary>An idle flow that is open publishes what it has and is remembered for a while; one that was only remembered is forgotten.</summary>
    private void Expire(int index)
    {
        _expired++;
        bool remembered = _flows[index].Flow?.Tracker is not null;
        Close(index, EndReason.Timeout);
        _output.FlushIfFull();
        if (!remembered)
        {
            _flows.Remove(index);
        }
    }

    private readonly struct Expiry(Shard shard) : IFlowExpiry
    {
        public void OnExpired(int index) => shard.Expire(index);
    }
}
