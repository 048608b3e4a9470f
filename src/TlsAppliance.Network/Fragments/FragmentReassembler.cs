using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Fragments;

/// <summary>
/// Puts IPv4 and IPv6 datagrams together again. Where fragments overlap the first byte wins, and what differs is counted. A fragment that
/// comes after its datagram was handed out begins a new one under the same identification, as in any host; if it was a copy it expires. Not
/// thread-safe: fragments are ordered, so they have one owner.
/// </summary>
public sealed class FragmentReassembler
{
    /// <summary>Bytes that a datagram can have behind its header (16-bit length field).</summary>
    public const int MaximumDatagramLength = 65_535;

    private readonly Dictionary<FragmentKey, FragmentedDatagram> _pending = [];
    private readonly Stack<FragmentedDatagram> _spare = new();
    private readonly FragmentBuffers _buffers;
    private readonly long _timeout;
    private FragmentedDatagram? _oldest;
    private FragmentedDatagram? _youngest;

    /// <summary>Handed out by the last call, and still readable: given back when the next one is done, for its input may lie in there.</summary>
    private FragmentedDatagram? _handedOut;

    public FragmentReassembler(FragmentOptions options)
    {
        Options = options;
        _buffers = new FragmentBuffers(options.MaximumBytes);
        _timeout = options.Timeout.Ticks * TimeSpan.NanosecondsPerTick;
    }

    public FragmentOptions Options { get; }

    /// <summary>Datagrams put together.</summary>
    public long Completed { get; private set; }

    /// <summary>Datagrams given up because they took too long.</summary>
    public long Expired { get; private set; }

    /// <summary>Datagrams given up because a bound was reached.</summary>
    public long Evicted { get; private set; }

    /// <summary>Fragments that brought no new byte.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Fragments that overlapped bytes already held; the first ones stay.</summary>
    public long Overlaps { get; private set; }

    /// <summary>Overlaps whose bytes were not the same: damage or evasion.</summary>
    public long DifferingOverlaps { get; private set; }

    /// <summary>Fragments that reach beyond <see cref="MaximumDatagramLength"/>.</summary>
    public long Oversized { get; private set; }

    /// <summary>Fragments that contradict their datagram's end.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Unfinished datagrams now.</summary>
    public int Pending => _pending.Count;

    /// <summary>Bytes of buffers in use now.</summary>
    public long HeldBytes => _buffers.UsedBytes;

    /// <summary>Copies the counters under their dotted names.</summary>
    public void CopyNamedCounters(NamedCounters named)
    {
        named["fragments.completed"] = Completed;
        named["fragments.expired"] = Expired;
        named["fragments.evicted"] = Evicted;
        named["fragments.duplicate"] = Duplicates;
        named["fragments.overlap"] = Overlaps;
        named["fragments.overlap_different"] = DifferingOverlaps;
        named["fragments.oversized"] = Oversized;
        named["fragments.contradiction"] = Contradictions;
    }

    /// <summary>
    /// Adds one fragment. <paramref name="datagram"/> is set with <see cref="FragmentOutcome.Completed"/> and valid until the next call.
    /// </summary>
    /// <param name="header">As the decoder has set it.</param>
    /// <param name="data">The fragment's bytes; copied. May lie in the datagram that the last call handed out (a fragment in a tunnel).</param>
    /// <param name="time">Packet time, nanoseconds since 1970; the frame's own where that is far ahead.</param>
    /// <param name="datagram">Everything that follows the IP header (IPv6: the fragment header) of the datagram.</param>
    public FragmentOutcome Add(in FragmentHeader header, ReadOnlySpan<byte> data, long time, out ReadOnlySpan<byte> datagram)
    {
        FragmentedDatagram? previous = _handedOut;
        _handedOut = null;
        FragmentOutcome outcome = AddFragment(header, data, time);
        datagram = _handedOut is { } complete ? complete.Buffer.AsSpan(0, complete.Length) : default;
        if (previous is not null)
        {
            Recycle(previous);
        }

        return outcome;
    }

    private FragmentOutcome AddFragment(in FragmentHeader header, ReadOnlySpan<byte> data, long time)
    {
        if (header.FragmentOffset + data.Length > MaximumDatagramLength)
        {
            Oversized++;
            return FragmentOutcome.Rejected;
        }

        if (data.IsEmpty)
        {
            Duplicates++;
            return FragmentOutcome.Duplicate;
        }

        return AddTo(FindOrStart(FragmentKey.Of(header), time), header, data);
    }

    /// <summary>Gives up the datagrams that have waited longer than <see cref="FragmentOptions.Timeout"/>.</summary>
    public void Expire(long now)
    {
        if (_handedOut is { } handedOut)
        {
            _handedOut = null;
            Recycle(handedOut);
        }

        while (_oldest is { } oldest && IsExpired(oldest, now))
        {
            Expired++;
            Release(oldest);
        }
    }

    /// <summary>A frame whose clock was far ahead must not keep the ones behind it from expiring: the distance counts in both directions.</summary>
    private bool IsExpired(FragmentedDatagram datagram, long now) =>
        now - datagram.FirstTime > _timeout || datagram.FirstTime - now > _timeout;

    private FragmentedDatagram FindOrStart(in FragmentKey key, long time)
    {
        if (_pending.TryGetValue(key, out FragmentedDatagram? known))
        {
            if (!IsExpired(known, time))
            {
                return known;
            }

            Expired++;
            Release(known);
        }

        if (_pending.Count > 0 && _pending.Count >= Options.MaximumDatagrams)
        {
            GiveUp(_oldest!);
        }

        FragmentedDatagram started = _spare.TryPop(out FragmentedDatagram? spare) ? spare : new FragmentedDatagram();
        started.Start(key, time);
        Append(started);
        return started;
    }

    private FragmentOutcome AddTo(FragmentedDatagram pending, in FragmentHeader header, ReadOnlySpan<byte> data)
    {
        int end = header.FragmentOffset + data.Length;
        if (ContradictsEnd(pending, end, header.MoreFragments))
        {
            Contradictions++;
            return FragmentOutcome.Rejected;
        }

        if (!TryGrow(pending, end))
        {
            return GiveUp(pending);
        }

        if (!header.MoreFragments)
        {
            pending.Length = end;
        }

        bool isNew = Count(pending.Add(header.FragmentOffset, data));
        if (pending.IsComplete)
        {
            HandOut(pending);
            return FragmentOutcome.Completed;
        }

        if (pending.Fragments >= Options.MaximumFragmentsPerDatagram)
        {
            return GiveUp(pending);
        }

        return isNew ? FragmentOutcome.Held : FragmentOutcome.Duplicate;
    }

    private FragmentOutcome GiveUp(FragmentedDatagram pending)
    {
        Evicted++;
        Release(pending);
        return FragmentOutcome.Rejected;
    }

    private static bool ContradictsEnd(FragmentedDatagram pending, int end, bool moreFragments)
    {
        if (pending.Length >= 0)
        {
            return end > pending.Length || (!moreFragments && end != pending.Length);
        }

        return !moreFragments && end < pending.HighestEnd;
    }

    /// <summary>Makes the buffer reach <paramref name="end"/>; false when even evicting all others does not help.</summary>
    private bool TryGrow(FragmentedDatagram pending, int end)
    {
        if (pending.Buffer.Length >= end)
        {
            return true;
        }

        byte[]? larger = _buffers.Rent(end);
        while (larger is null && _oldest != _youngest)
        {
            GiveUp(_oldest == pending ? pending.Younger! : _oldest!);
            larger = _buffers.Rent(end);
        }

        if (larger is null)
        {
            return false;
        }

        pending.Buffer.AsSpan(0, pending.HighestEnd).CopyTo(larger);
        _buffers.Return(pending.Buffer);
        pending.Buffer = larger;
        return true;
    }

    /// <summary>Counts how the fragment met the others; false when it brought nothing new.</summary>
    private bool Count(FragmentOverlap overlap)
    {
        Overlaps += overlap is FragmentOverlap.Same or FragmentOverlap.Differing ? 1 : 0;
        DifferingOverlaps += overlap is FragmentOverlap.Differing or FragmentOverlap.DifferingDuplicate ? 1 : 0;
        bool isDuplicate = overlap is FragmentOverlap.Duplicate or FragmentOverlap.DifferingDuplicate;
        Duplicates += isDuplicate ? 1 : 0;
        return !isDuplicate;
    }

    private void HandOut(FragmentedDatagram complete)
    {
        Completed++;
        Unlink(complete);
        _pending.Remove(complete.Key);
        _handedOut = complete;
    }

    private void Release(FragmentedDatagram datagram)
    {
        Unlink(datagram);
        _pending.Remove(datagram.Key);
        Recycle(datagram);
    }

    private void Recycle(FragmentedDatagram datagram)
    {
        _buffers.Return(datagram.Buffer);
        datagram.Buffer = [];
        _spare.Push(datagram);
    }

    private void Append(FragmentedDatagram datagram)
    {
        _pending.Add(datagram.Key, datagram);
        datagram.Older = _youngest;
        if (_youngest is null)
        {
            _oldest = datagram;
        }
        else
        {
            _youngest.Younger = datagram;
        }

        _youngest = datagram;
    }

    private void Unlink(FragmentedDatagram datagram)
    {
        if (datagram.Older is null)
        {
            _oldest = datagram.Younger;
        }
        else
        {
            datagram.Older.Younger = datagram.Younger;
        }

        if (datagram.Younger is null)
        {
            _youngest = datagram.Older;
        }
        else
        {
            datagram.Younger.Older = datagram.Older;
        }
    }
}
