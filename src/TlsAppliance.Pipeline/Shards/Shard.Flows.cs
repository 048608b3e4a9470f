using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TlsAppliance.Events;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Network.Reassembly;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <content>What happens to one open connection. A fault in here costs that connection only.</content>
public sealed partial class Shard
{
    /// <summary>More idle flows than this are left to the garbage collector; a list of so many is not yet a large object.</summary>
    private const int MaximumIdleFlows = 8 * 1024;

    /// <summary>Payload before this can be a hello: content type, version, length, and the message type 1 or 2.</summary>
    private const int HelloStart = 6;

    /// <summary>
    /// A copy of a session comes within this time (seconds) or is a session of its own. A fixed time and not the life of the record: that depends on
    /// how many frames were shunted before they came here.
    /// </summary>
    private const int CopyReach = 60;

    private readonly long _resetTimeout;
    private long _acknowledgedUnseen, _urgent, _resetsIgnored, _foreignOpenings;
    private long _expired, _evicted, _notTls, _quarantines, _portReuses, _eventsFiltered;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here, only this flow is lost.")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(
        ref FlowRecord record, int index, in CapturedFrame frame, in DecodedFrame segment, ReadOnlySpan<byte> payload, OpeningVerdict verdict)
    {
        try
        {
            FaultProbe?.Invoke(segment.Key);
            TlsFlow flow = record.Flow!;
            flow.Count(segment, frame.Timestamp);
            if ((segment.Flags & TcpFlags.Rst) != 0)
            {
                FollowReset(index, flow, segment);
                return;
            }

            if ((segment.Flags & TcpFlags.Syn) != 0 && !FollowOpening(ref record, flow, segment, frame.Timestamp, verdict))
            {
                return;
            }

            FollowStreams(flow, segment, payload, frame.Timestamp);
            Conclude(index, flow);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(index, frame);
        }
    }

    /// <summary>Takes the initial number of a SYN or SYN-ACK; false: it is of another connection.</summary>
    private bool FollowOpening(ref FlowRecord record, TlsFlow flow, in DecodedFrame segment, long time, OpeningVerdict verdict)
    {
        if (verdict == OpeningVerdict.Foreign)
        {
            _foreignOpenings++;
            return false;
        }

        bool low = segment.SourceIsLow;
        bool acknowledges = (segment.Flags & TcpFlags.Ack) != 0;
        if (verdict == OpeningVerdict.Belongs)
        {
            Orient(ref record.Opening, flow, segment);
            record.Opening.Learn(low, new TcpSequence(segment.SequenceNumber), fromSyn: !acknowledges);
            PlaceAfterSyn(flow, low, new TcpSequence(segment.SequenceNumber) + 1);
        }

        if (low == flow.OriginatorIsLow && !acknowledges)
        {
            flow.NoteSyn(time);
        }
        else if (low != flow.OriginatorIsLow && acknowledges)
        {
            flow.NoteSynAck(time);
        }

        return true;
    }

    /// <summary>The first SYN tells the originator; a SYN-ACK tells it as long as no SYN did. Once payload was read, it stays.</summary>
    private static void Orient(ref ConnectionOpening opening, TlsFlow flow, in DecodedFrame segment)
    {
        bool low = segment.SourceIsLow;
        if ((segment.Flags & TcpFlags.Ack) != 0 && !opening.Knows(!low))
        {
            opening.Learn(!low, new TcpSequence(segment.AcknowledgmentNumber) + -1, fromSyn: false);
        }

        if (!flow.HasPayload && !opening.HasSyn(!low))
        {
            flow.OriginatorIsLow = (segment.Flags & TcpFlags.Ack) == 0 ? low : !low;
        }
    }

    private void PlaceAfterSyn(TlsFlow flow, bool low, TcpSequence first)
    {
        ref StreamState stream = ref flow.Stream(low);
        if (!stream.IsPlaced || stream.IsTentative)
        {
            _reassembler.Place(ref stream, first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FollowStreams(TlsFlow flow, in DecodedFrame segment, ReadOnlySpan<byte> payload, long time)
    {
        bool low = segment.SourceIsLow;
        bool syn = (segment.Flags & TcpFlags.Syn) != 0;
        TcpSequence sequence = new TcpSequence(segment.SequenceNumber) + (syn ? 1 : 0);
        TcpSegment stretch = new(sequence, payload, segment.PayloadMissing, !syn && (segment.Flags & TcpFlags.Fin) != 0, SeenTime(time));
        bool hadAcknowledged = flow.HasAcknowledged(low);
        TcpSequence before = flow.Acknowledged(low);
        flow.NoteAcknowledgment(segment);
        if (hadAcknowledged)
        {
            CountAcknowledged(flow, low, before);
        }

        SettleAcknowledged(flow, low);
        _urgent += (segment.Flags & TcpFlags.Urg) != 0 ? 1 : 0;
        if ((stretch.Length == 0 && !stretch.Fin) || (flow.IsReset && flow.ResetIsFromLow == low))
        {
            return;
        }

        ref StreamState stream = ref flow.Stream(low);
        PlaceStream(flow, ref stream, low, stretch);
        StreamReader reader = Reader(flow, low, time);
        _reassembler.Accept(ref stream, stretch, ref reader);
    }

    /// <summary>A receiver acknowledges what it got: what of that was not captured was lost on the way to us. Counted once, when the acknowledgment moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountAcknowledged(TlsFlow flow, bool sender, TcpSequence before)
    {
        ref StreamState stream = ref flow.Stream(!sender);
        TcpSequence now = flow.Acknowledged(sender);
        int moved = before.DistanceTo(now);
        if (moved > 0 && stream.IsPlaced && !stream.IsTentative && _reassembler.IsInWindow(stream, now))
        {
            _counters.AcknowledgedBytes += moved;
            _counters.UnseenBytes += StreamReassembler.Missing(stream, before, now);
        }
    }

    /// <summary>The other side has acknowledged what is held back of a stream without SYN: nothing before it is late.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SettleAcknowledged(TlsFlow flow, bool sender)
    {
        ref StreamState stream = ref flow.Stream(!sender);
        if (!flow.HasAcknowledged(sender) || !stream.IsPlaced)
        {
            return;
        }

        int beyond = stream.Next.DistanceTo(flow.Acknowledged(sender));
        if (beyond <= 0 || !_reassembler.IsInWindow(stream, flow.Acknowledged(sender)))
        {
            return;
        }

        if (!stream.IsTentative)
        {
            _acknowledgedUnseen++;
            return;
        }

        StreamReader reader = Reader(flow, !sender, flow.LastTime);
        _reassembler.Settle(ref stream, ref reader);
    }

    /// <summary>
    /// Where a stream begins: after its SYN, else where the other side expects it, else at a hello, else about here. A number from a SYN that nobody
    /// acknowledged does not stand against data: the SYN was of another attempt.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PlaceStream(TlsFlow flow, ref StreamState stream, bool low, in TcpSegment segment)
    {
        bool expected = flow.HasAcknowledged(!low) && flow.Acknowledged(!low) == segment.Sequence;
        if (stream.IsPlaced && (stream.IsUsed || _reassembler.IsInWindow(stream, segment.Sequence) || IsConfirmed(flow, stream, low)))
        {
            return;
        }

        if (!flow.HasPayload && !stream.IsPlaced && !flow.Stream(!low).IsPlaced)
        {
            flow.OriginatorIsLow = low;
        }

        if (expected || BeginsHello(segment.Payload))
        {
            _reassembler.Place(ref stream, segment.Sequence);
            return;
        }

        _reassembler.PlaceTentatively(ref stream, segment.Sequence);
    }

    private bool IsConfirmed(TlsFlow flow, in StreamState stream, bool low) =>
        flow.HasAcknowledged(!low) && _reassembler.IsInWindow(stream, flow.Acknowledged(!low));

    private static bool BeginsHello(ReadOnlySpan<byte> payload) =>
        payload.Length >= HelloStart && payload[0] == 22 && payload[1] == 3 && payload[5] is 1 or 2;

    private StreamReader Reader(TlsFlow flow, bool low, long time)
    {
        flow.Tracker ??= _trackers.Rent();
        return new StreamReader(flow.Tracker, low == flow.OriginatorIsLow, time);
    }

    /// <summary>
    /// A reset counts when its number is near the expected one and, if it acknowledges, that number too (RFC 9293 §3.5.3, RFC 5961 §3). Its payload,
    /// if any, is no part of the stream. With a hole in front of it, or an answer on its way, it waits as long as a segment would: what it overtook
    /// or crossed may still come.
    /// </summary>
    private void FollowReset(int index, TlsFlow flow, in DecodedFrame segment)
    {
        bool low = segment.SourceIsLow;
        if (!IsPlausible(flow, segment))
        {
            _resetsIgnored++;
            return;
        }

        TcpSequence end = new(segment.SequenceNumber);
        ref StreamState stream = ref flow.Stream(low);
        bool isRead = !stream.IsPlaced || stream.IsUnwanted || end <= stream.Next;
        if (!isRead)
        {
            StreamReader reader = Reader(flow, low, flow.LastTime);
            _reassembler.Accept(ref stream, new TcpSegment(end, default, 0, fin: true, _now), ref reader);
        }

        flow.NoteReset(low, isRead, _now + _resetTimeout);
        Conclude(index, flow);
    }

    /// <summary>
    /// What the responder sent before it learned of the originator's reset is still on its way and part of the handshake: a client that gives up at once
    /// gets the server's certificate all the same.
    /// </summary>
    private static bool AwaitsAnswer(TlsFlow flow)
    {
        ref StreamState answer = ref flow.Stream(!flow.OriginatorIsLow);
        return flow.ResetIsFromLow == flow.OriginatorIsLow && !flow.BothHaveReset
            && flow.Tracker is { Status: TrackerStatus.Handshake } tracker && tracker.Wants(fromOriginator: false)
            && answer.IsPlaced && !answer.IsFinished;
    }

    private bool IsPlausible(TlsFlow flow, in DecodedFrame segment)
    {
        bool low = segment.SourceIsLow;
        ref StreamState sent = ref flow.Stream(low);
        ref StreamState received = ref flow.Stream(!low);
        bool acknowledges = (segment.Flags & TcpFlags.Ack) != 0 && segment.AcknowledgmentNumber != 0;
        bool acknowledgmentFits = !received.IsPlaced || _reassembler.IsInWindow(received, new TcpSequence(segment.AcknowledgmentNumber));
        if (sent.IsPlaced)
        {
            return _reassembler.IsInWindow(sent, new TcpSequence(segment.SequenceNumber)) && (!acknowledges || acknowledgmentFits);
        }

        return acknowledges
            ? acknowledgmentFits
            : !flow.HasAcknowledged(!low) || flow.Acknowledged(!low) == new TcpSequence(segment.SequenceNumber);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here, only this flow is lost.")]
    private void GiveUpHoles(TlsFlow flow)
    {
        int index = flow.Index;
        try
        {
            GiveUpHoles(flow, flow.OriginatorIsLow);
            GiveUpHoles(flow, !flow.OriginatorIsLow);
            Conclude(index, flow);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(index, NoFrame(flow));
        }
    }

    private void GiveUpHoles(TlsFlow flow, bool low)
    {
        ref StreamState stream = ref flow.Stream(low);
        if (stream.IsWaiting)
        {
            StreamReader reader = Reader(flow, low, flow.LastTime);
            _reassembler.GiveUpExpired(ref stream, _now, ref reader);
        }
    }

    /// <summary>Looks at where the connection stands after its streams have moved.</summary>
    private void Conclude(int index, TlsFlow flow)
    {
        TrackerStatus status = flow.Tracker?.Status ?? TrackerStatus.Undecided;
        if (status == TrackerStatus.Completed)
        {
            Close(index, EndReason.HandshakeCompleted);
        }
        else if (status == TrackerStatus.NotTls)
        {
            _notTls++;
            Settle(index, FlowState.NotTls);
            Report(_flows[index], _hash.Compute(_flows.KeyOf(index)));
        }
        else if ((flow.IsReset && !AwaitsAnswer(flow)) || flow.ResetDeadline <= _now)
        {
            Close(index, EndReason.Rst);
        }
        else if (flow.IsFinished)
        {
            Close(index, EndReason.Fin);
        }
        else
        {
            _flows.Classify(index, ClassOf(flow, status), _now);
            QueueDeadline(flow);
        }
    }

    private static FlowClass ClassOf(TlsFlow flow, TrackerStatus status) => status == TrackerStatus.Handshake
        ? FlowClass.Handshake
        : flow.HasPayload ? FlowClass.Undecided : FlowClass.Embryonic;

    /// <summary>One entry per flow, that of its earliest deadline; an entry whose flow has another one by then is stale.</summary>
    private void QueueDeadline(TlsFlow flow)
    {
        long deadline = Math.Min(flow.ResetDeadline, Math.Min(_reassembler.Deadline(flow.Stream(true)), _reassembler.Deadline(flow.Stream(false))));
        if (deadline < flow.QueuedDeadline)
        {
            flow.QueuedDeadline = deadline;
            _waiting.Enqueue(flow, deadline);
        }
    }

    /// <summary>The connection is over, or has to be: reads what is held, publishes, and keeps only its record.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here, only this flow is lost.")]
    private void Close(int index, EndReason reason)
    {
        if (_flows[index].Flow is not { } flow)
        {
            return;
        }

        try
        {
            Flush(flow, flow.OriginatorIsLow);
            Flush(flow, !flow.OriginatorIsLow);
            bool published = Publish(ref _flows[index], _flows.KeyOf(index), flow, flow.IsReset ? EndReason.Rst : reason);
            Settle(index, published ? FlowState.Finished : FlowState.Closed);
            if (NeedsNoFrames(published, reason))
            {
                Report(_flows[index], _hash.Compute(_flows.KeyOf(index)));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(index, NoFrame(flow));
        }
    }

    /// <summary>Not so where the next connection is already there, and where one that gave nothing is forgotten: more of it would be a new one.</summary>
    private static bool NeedsNoFrames(bool published, EndReason reason) =>
        reason != EndReason.PortReuse && (published || reason is not (EndReason.Timeout or EndReason.Evicted));

    private void Flush(TlsFlow flow, bool low)
    {
        ref StreamState stream = ref flow.Stream(low);
        if (stream.IsWaiting)
        {
            StreamReader reader = Reader(flow, low, flow.LastTime);
            _reassembler.Flush(ref stream, ref reader);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Publish(ref FlowRecord record, in FlowKey key, TlsFlow flow, EndReason reason)
    {
        if (flow.Tracker is not { } tracker)
        {
            return false;
        }

        tracker.Finish();
        if (!tracker.HasEvent)
        {
            return false;
        }

        if (IsCopy(ref record, tracker.Session))
        {
            _counters.Copies++;
        }
        else
        {
            Write(tracker, flow.Facts(key, tracker.Status == TrackerStatus.Completed ? EndReason.HandshakeCompleted : reason));
        }

        // Counted last: a session whose rendering fails is quarantined with its flow.
        _counters.Sessions++;
        return true;
    }

    /// <summary>The same traffic again: seen at a second place, or behind a device that rewrites sequence numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsCopy(ref FlowRecord record, TlsSession session)
    {
        if (!session.HasClientHello)
        {
            return false;
        }

        ulong random = HashRandom(session.ClientHello.Random);
        bool isCopy = record.LastRandom == random && SecondsSince(record.LastRandomSecond) < CopyReach;
        (record.LastRandom, record.LastRandomSecond) = (random, CurrentSecond);
        return isCopy;
    }

    /// <summary>Secret, so that nobody can hide a session behind another; never 0.</summary>
    private ulong HashRandom(ReadOnlySpan<byte> random)
    {
        var first = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(random), BinaryPrimitives.ReadUInt64BigEndian(random[8..]));
        var second = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(random[16..]), BinaryPrimitives.ReadUInt64BigEndian(random[24..]));
        return _hash.Compute(FlowKey.Create(first, 0, second, 0, 0, 0, out bool firstIsLow)) << 1 | (firstIsLow ? 1ul : 0) | 1ul << 63;
    }

    private void Write(TlsSessionTracker tracker, in ConnectionFacts facts)
    {
        int size = _output.Write(tracker.Session, facts);
        if (size < 0)
        {
            _eventsFiltered++;
            _counters.Unrendered++;
            return;
        }

        _counters.Events++;
        _counters.EventBytes += size;
    }

    /// <summary>Nothing more is wanted of the connection.</summary>
    private void Settle(int index, FlowState state)
    {
        ref FlowRecord record = ref _flows[index];
        TlsFlow flow = record.Flow!;
        record.Flow = null;
        record.State = state;
        record.SettledSecond = CurrentSecond;
        _counters.FlowsClosed++;
        _reassembler.Release(ref flow.Stream(true));
        _reassembler.Release(ref flow.Stream(false));
        if (flow.Tracker is { } tracker)
        {
            _trackers.Return(tracker);
        }

        flow.End();
        if (_idleFlows.Count < MaximumIdleFlows)
        {
            _idleFlows.Push(flow);
        }

        _flows.Classify(index, FlowClass.Settled, _now);
    }

    /// <summary>Stands for the frame where a fault came with none: on a tick, or at the end.</summary>
    private static CapturedFrame NoFrame(TlsFlow flow) => new(default, flow.LastTime, 0, default);

    /// <summary>What can still be told of a flow that failed: its objects may be in any state, and this must not fail again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "See above.")]
    private IReadOnlyList<HeldFrame> Held(int index)
    {
        try
        {
            return _flows[index].Flow is { } flow ? HeldConnection.Frames(_flows.KeyOf(index), flow) : [];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return [];
        }
    }

    /// <summary>The flow's objects may be in any state: they are left to the garbage collector, only its pieces go back.</summary>
    private void Quarantine(int index, in CapturedFrame frame)
    {
        _recorder?.Record(Held(index), frame);
        _quarantines++;
        ref FlowRecord record = ref _flows[index];
        if (record.Flow is { } flow)
        {
            _counters.FlowsClosed++;
            _reassembler.Release(ref flow.Stream(true));
            _reassembler.Release(ref flow.Stream(false));
            flow.End();
        }

        record.Flow = null;
        record.State = FlowState.Quarantined;
        record.SettledSecond = CurrentSecond;
        _flows.Classify(index, FlowClass.Settled, _now);
    }
}
