using System.Runtime.InteropServices;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>
/// The initial sequence numbers of a connection, by endpoint, and by them the answer to the question whether a SYN opens another one (RFC 9293
/// §3.5). Kept when the connection is finished, because retransmitted SYNs may still come; packed, because so many are.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ConnectionOpening
{
    /// <summary>A SYN that comes after the first data is told from a new one when its number lies at most this far before the data.</summary>
    private const int Reach = 64 * 1024;

    private TcpSequence _low, _high, _previous;
    private Marks _marks;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        LowKnown = 1 << 0,
        HighKnown = 1 << 1,
        LowSyn = 1 << 2,
        HighSyn = 1 << 3,
        PreviousKnown = 1 << 4,
    }

    /// <summary>The endpoint's initial number is known, from its SYN or SYN-ACK, or from what the other acknowledged.</summary>
    public readonly bool Knows(bool low) => (_marks & (low ? Marks.LowKnown : Marks.HighKnown)) != 0;

    /// <summary>The endpoint sent a SYN without ACK.</summary>
    public readonly bool HasSyn(bool low) => (_marks & (low ? Marks.LowSyn : Marks.HighSyn)) != 0;

    public readonly TcpSequence Number(bool low) => low ? _low : _high;

    public void Learn(bool low, TcpSequence number, bool fromSyn)
    {
        if (low)
        {
            _low = number;
            _marks |= Marks.LowKnown | (fromSyn ? Marks.LowSyn : Marks.None);
            return;
        }

        _high = number;
        _marks |= Marks.HighKnown | (fromSyn ? Marks.HighSyn : Marks.None);
    }

    /// <summary>Forgets the connection but for the number of <paramref name="low"/>'s SYN: the copy of it may still come, see <see cref="JudgeSyn"/>.</summary>
    public void Renew(bool low)
    {
        TcpSequence previous = Number(low);
        bool known = Knows(low);
        this = default;
        _previous = previous;
        _marks = known ? Marks.PreviousKnown : Marks.None;
    }

    /// <summary>
    /// A SYN without ACK. The number before the current one is nothing new either: where a connection is captured before and behind a device that
    /// rewrites sequence numbers, both SYNs may be repeated.
    /// </summary>
    public readonly OpeningVerdict JudgeSyn(bool low, TcpSequence number, TlsFlow? flow)
    {
        if (Knows(low) && Number(low) == number)
        {
            return HasSyn(low) ? OpeningVerdict.Repeated : OpeningVerdict.Belongs;
        }

        if ((_marks & Marks.PreviousKnown) != 0 && _previous == number)
        {
            return OpeningVerdict.Foreign;
        }

        return flow is not null && !HasSyn(low) && CanBegin(flow, low, number) ? OpeningVerdict.Belongs : OpeningVerdict.New;
    }

    /// <summary>A SYN-ACK. It must acknowledge the SYN that was seen; without one it may open a connection itself.</summary>
    public readonly OpeningVerdict JudgeSynAck(bool low, TcpSequence number, TcpSequence acknowledged, TlsFlow? flow)
    {
        if (HasSyn(!low) && Number(!low).DistanceTo(acknowledged) is < 1 or > Reach)
        {
            return OpeningVerdict.Foreign;
        }

        if (Knows(low) && Number(low) == number)
        {
            return OpeningVerdict.Repeated;
        }

        if (flow is not null && !Knows(low) && CanBegin(flow, low, number))
        {
            return OpeningVerdict.Belongs;
        }

        return HasSyn(!low) || (flow is not null && !flow.HasPayload) ? OpeningVerdict.Foreign : OpeningVerdict.New;
    }

    /// <summary>What was seen of this direction, or else what the other side acknowledged, lies just behind the number.</summary>
    private static bool CanBegin(TlsFlow flow, bool low, TcpSequence number)
    {
        ref StreamState stream = ref flow.Stream(low);
        if (stream.IsPlaced)
        {
            return number.DistanceTo(stream.Next) is >= 1 and <= Reach;
        }

        return !flow.HasAcknowledged(!low) || number.DistanceTo(flow.Acknowledged(!low)) is >= 1 and <= Reach;
    }
}
