using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TlsAppliance.Events;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Network.Reassembly;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>
/// One open connection: two streams, the tracker that reads them, and what its event will say about the frames. Streams and numbers are kept by
/// endpoint, so that the originator may be told late. Pooled by its shard.
/// </summary>
internal sealed class TlsFlow
{
    /// <summary><see cref="QueuedDeadline"/> of a flow that waits for nothing.</summary>
    public const long NoDeadline = long.MaxValue;

    private StreamState _low, _high;
    private long _firstTime, _lastTime, _synTime, _synAckTime, _lowBytes, _highBytes;
    private int _lowPackets, _highPackets;
    private TcpSequence _lowAcknowledged, _highAcknowledged;
    private uint _carrierId;
    private ushort _outerVlan, _innerVlan;
    private CarrierKind _carrier;
    private bool _lowHasAcknowledged, _highHasAcknowledged, _resetIsRead;

    /// <summary>Index in the flow table, or -1 while pooled.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Rented when the first payload comes.</summary>
    public TlsSessionTracker? Tracker { get; set; }

    /// <summary>The deadline under which the flow stands in the shard's queue of those that wait for a hole.</summary>
    public long QueuedDeadline { get; set; } = NoDeadline;

    /// <summary>A reset waits for what it overtook or crossed until then, see <see cref="ResetIsFromLow"/>.</summary>
    public long ResetDeadline { get; private set; } = NoDeadline;

    /// <summary>Who sent the (first) reset.</summary>
    public bool ResetIsFromLow { get; private set; }

    public bool BothHaveReset { get; private set; }

    /// <summary>A reset came, and its stream has been read up to it.</summary>
    public bool IsReset => ResetDeadline != NoDeadline && (_resetIsRead || Stream(ResetIsFromLow).IsFinished);

    /// <summary>The lower endpoint opened the connection. May change until <see cref="HasPayload"/>.</summary>
    public bool OriginatorIsLow { get; set; }

    /// <summary>A payload byte was seen, and by it (or a SYN) the originator is settled.</summary>
    public bool HasPayload => _low.IsUsed || _high.IsUsed;

    public bool IsFinished => _low.IsFinished && _high.IsFinished;

    /// <summary>Latest frame counted, ns since 1970; the time of what is delivered without a frame.</summary>
    public long LastTime => _lastTime;

    public ref StreamState Stream(bool low) => ref low ? ref _low : ref _high;

    public bool HasAcknowledged(bool low) => low ? _lowHasAcknowledged : _highHasAcknowledged;

    /// <summary>The last acknowledgment number that the endpoint sent.</summary>
    public TcpSequence Acknowledged(bool low) => low ? _lowAcknowledged : _highAcknowledged;

    /// <summary>Begins with its first frame, whose sender counts as the originator until something better is known.</summary>
    public void Begin(int index, in DecodedFrame first)
    {
        Index = index;
        OriginatorIsLow = first.SourceIsLow;
        _low = _high = default;
        _firstTime = long.MaxValue;
        _lastTime = long.MinValue;
        _synTime = _synAckTime = _lowBytes = _highBytes = 0;
        _lowPackets = _highPackets = 0;
        _lowHasAcknowledged = _highHasAcknowledged = false;
        (_outerVlan, _innerVlan, _carrier, _carrierId) = (first.OuterVlan, first.InnerVlan, first.Carrier, first.CarrierId);
        QueuedDeadline = ResetDeadline = NoDeadline;
        ResetIsFromLow = BothHaveReset = _resetIsRead = false;
    }

    /// <summary>The flow goes back to the pool; the tracker and what the streams hold were given back before.</summary>
    public void End()
    {
        Index = -1;
        Tracker = null;
        QueuedDeadline = NoDeadline;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(in DecodedFrame segment, long time)
    {
        _firstTime = Math.Min(_firstTime, time);
        _lastTime = Math.Max(_lastTime, time);
        if (segment.SourceIsLow)
        {
            _lowPackets++;
            _lowBytes += segment.DatagramLength;
            return;
        }

        _highPackets++;
        _highBytes += segment.DatagramLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteAcknowledgment(in DecodedFrame segment)
    {
        if ((segment.Flags & TcpFlags.Ack) == 0)
        {
            return;
        }

        if (segment.SourceIsLow)
        {
            (_lowAcknowledged, _lowHasAcknowledged) = (new TcpSequence(segment.AcknowledgmentNumber), true);
            return;
        }

        (_highAcknowledged, _highHasAcknowledged) = (new TcpSequence(segment.AcknowledgmentNumber), true);
    }

    /// <summary>The first reset counts; one of the other side as well says that nothing is on its way any more.</summary>
    public void NoteReset(bool fromLow, bool isRead, long deadline)
    {
        if (ResetDeadline == NoDeadline)
        {
            (ResetIsFromLow, ResetDeadline) = (fromLow, deadline);
        }

        BothHaveReset |= ResetIsFromLow != fromLow;
        _resetIsRead |= isRead && ResetIsFromLow == fromLow;
    }

    public void NoteSyn(long time) => _synTime = Earlier(_synTime, time);

    public void NoteSynAck(long time) => _synAckTime = Earlier(_synAckTime, time);

    [SuppressMessage("Performance", "CA1822", Justification = "Reads as a part of NoteSyn.")]
    private long Earlier(long known, long time) => known == 0 ? time : Math.Min(known, time);

    public ConnectionFacts Facts(in FlowKey key, EndReason reason) => new()
    {
        Key = key,
        OriginatorIsLow = OriginatorIsLow,
        FirstFrameTime = _firstTime,
        LastFrameTime = _lastTime,
        SynTime = _synTime,
        SynAckTime = _synAckTime,
        OriginatorBytes = OriginatorIsLow ? _lowBytes : _highBytes,
        OriginatorPackets = OriginatorIsLow ? _lowPackets : _highPackets,
        ResponderBytes = OriginatorIsLow ? _highBytes : _lowBytes,
        ResponderPackets = OriginatorIsLow ? _highPackets : _lowPackets,
        OriginatorGapBytes = Stream(OriginatorIsLow).GapBytes,
        ResponderGapBytes = Stream(!OriginatorIsLow).GapBytes,
        OuterVlan = _outerVlan,
        InnerVlan = _innerVlan,
        Carrier = _carrier,
        CarrierId = _carrierId,
        EndReason = reason,
    };
}
