using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Headers;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// Which connections need no more reading, so that their frames cost one look-up and go no further. Four entries share a cache line; a full line
/// replaces its least recently seen one, which costs nothing but the frames of that connection going the long way again. The table grows with the
/// connections: every frame looks here first, and a small table stays in the cache.
/// </summary>
/// <remarks>
/// An entry holds the number of the connection's SYN as its generation; where only the server's side is seen, that of the SYN-ACK. Another number lifts the shunt, and
/// a shard's "finished" that names another number than the entry is stale. A SYN-ACK after a SYN may be of a connection whose SYN was not seen: from then on only what a shard
/// has said later counts. Connections are told apart by their secret 64-bit hash alone.
/// </remarks>
internal sealed class ShuntTable
{
    private const int Ways = 4;

    /// <summary>256 KiB to begin with.</summary>
    private const uint FirstLines = 4096;

    private const uint IsShunted = 1;
    private const int KindShift = 1;
    private const uint IsDoubtful = 8;
    private const uint KindMarks = 6;
    private const uint Marks = 15;
    private const int MarkBits = 4;

    /// <summary>A SYN-ACK within 40 seconds answers the SYN; shards ask for another connection's only later than that.</summary>
    private const uint UsualAnswer = 600 << MarkBits;

    /// <summary>Entries keep packet time in units of 2^26 ns, a fifteenth of a second.</summary>
    private const int TimeShift = 26;

    private readonly uint _maximumLines;
    private readonly long _idleTimeout;
    private UnmanagedArray<Line> _lines;
    private int _used;
    private uint _now;

    /// <param name="connections">Connections to remember; rounded up to a power of two.</param>
    /// <param name="idleTimeout">Nanoseconds of packet time without a frame after which a shunt is lifted.</param>
    public ShuntTable(int connections, long idleTimeout)
    {
        _maximumLines = Math.Max(1, BitOperations.RoundUpToPowerOf2((uint)connections) / Ways);
        _lines = new UnmanagedArray<Line>((int)Math.Min(FirstLines, _maximumLines));
        _idleTimeout = idleTimeout;
    }

    [InlineArray(Ways)]
    private struct Line
    {
        private Entry _first;
    }

    /// <summary>16 bytes: four make a cache line.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public ulong Hash;
        public uint Generation;

        /// <summary>
        /// Packet time of the last frame (while not shunted: of the last opening) above four bits of marks: <see cref="IsShunted"/>, <see cref="IsDoubtful"/> and the
        /// <see cref="OpeningKind"/>.
        /// </summary>
        public uint SeenAndMarks;

        public readonly bool Shunted => (SeenAndMarks & IsShunted) != 0;

        public readonly OpeningKind OpenedBy => (OpeningKind)((SeenAndMarks & KindMarks) >> KindShift);

        public readonly bool Doubtful => (SeenAndMarks & IsDoubtful) != 0;

        public readonly uint Seen => SeenAndMarks & ~Marks;
    }

    /// <summary>Packet time, ns.</summary>
    public void Tick(long now) => _now = TimeOf(now);

    /// <summary>A frame of this connection comes soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash) => Network.Flows.Prefetch.Line(ref _lines[(int)hash & (_lines.Length - 1)]);

    /// <summary>True when the frame needs no reading. A SYN or SYN-ACK is always read; one with a new number is remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admit(ulong hash, TcpFlags flags, uint sequence)
    {
        foreach (ref Entry entry in LineOf(hash))
        {
            if (entry.Hash == hash)
            {
                return (flags & TcpFlags.Syn) == 0 ? Touch(ref entry) : Reopen(ref entry, KindOf(flags), sequence);
            }
        }

        if ((flags & TcpFlags.Syn) != 0)
        {
            Add(hash, sequence, (uint)KindOf(flags) << KindShift);
        }

        return false;
    }

    /// <summary>A shard needs no more frames of this connection, as far as it knew.</summary>
    public void Finish(in FinishedFlow finished)
    {
        uint time = TimeOf(finished.Time);
        if (IsIdle(time))
        {
            return;
        }

        foreach (ref Entry entry in LineOf(finished.Hash))
        {
            if (entry.Hash == finished.Hash)
            {
                if (IsTrueOf(entry, finished, time))
                {
                    entry.SeenAndMarks = time | (entry.SeenAndMarks & KindMarks) | IsShunted;
                }

                return;
            }
        }

        // Without an entry nobody knows whether a new SYN has passed since; only a connection whose SYN nobody saw is safe.
        if (finished.OpenedBy == OpeningKind.None)
        {
            Add(finished.Hash, 0, IsShunted);
        }
    }

    /// <summary>A SYN or SYN-ACK of this connection was seen, or that it needs no reading.</summary>
    public bool Knows(ulong hash)
    {
        foreach (ref readonly Entry entry in LineOf(hash))
        {
            if (entry.Hash == hash)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTrueOf(in Entry entry, in FinishedFlow finished, uint time) =>
        entry.OpenedBy == OpeningKind.None
        || (entry.OpenedBy == finished.OpenedBy && entry.Generation == finished.Generation && (!entry.Doubtful || (int)(time - entry.Seen) > 0));

    public void Clear()
    {
        _lines.Clear();
        _used = 0;
    }

    private Span<Entry> LineOf(ulong hash) => _lines[(int)hash & (_lines.Length - 1)];

    private static OpeningKind KindOf(TcpFlags flags) => (flags & TcpFlags.Ack) == 0 ? OpeningKind.Syn : OpeningKind.SynAck;

    private static uint TimeOf(long time) => (uint)(time >> TimeShift) << MarkBits;

    private bool IsIdle(uint seen) => (long)((_now - seen) >> MarkBits) << TimeShift >= _idleTimeout;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Touch(ref Entry entry)
    {
        if (!entry.Shunted)
        {
            return false;
        }

        if (!IsIdle(entry.Seen))
        {
            entry.SeenAndMarks = _now | (entry.SeenAndMarks & Marks);
            return true;
        }

        entry = default;
        _used--;
        return false;
    }

    private bool Reopen(ref Entry entry, OpeningKind kind, uint sequence)
    {
        if (kind > entry.OpenedBy || (kind == entry.OpenedBy && entry.Generation != sequence))
        {
            entry.Generation = sequence;
            entry.SeenAndMarks = _now | (uint)kind << KindShift;
        }
        else if (kind < entry.OpenedBy && (entry.Shunted || _now - entry.Seen > UsualAnswer))
        {
            entry.SeenAndMarks = _now | (entry.SeenAndMarks & KindMarks) | IsDoubtful;
        }

        return false;
    }

    private void Add(ulong hash, uint generation, uint marks)
    {
        if (_used >= _lines.Length && _lines.Length < _maximumLines)
        {
            Grow();
        }

        Place(new Entry { Hash = hash, Generation = generation, SeenAndMarks = _now | marks });
    }

    /// <summary>Lines are a quarter full on average at most, so that hardly any is full.</summary>
    private void Grow()
    {
        UnmanagedArray<Line> old = _lines;
        _lines = new UnmanagedArray<Line>(old.Length * 2);
        _used = 0;
        for (int line = 0; line < old.Length; line++)
        {
            foreach (ref Entry entry in (Span<Entry>)old[line])
            {
                if (entry.Hash != 0)
                {
                    Place(entry);
                }
            }
        }

        old.Dispose();
    }

    private void Place(in Entry added)
    {
        Span<Entry> line = LineOf(added.Hash);
        ref Entry victim = ref line[0];
        foreach (ref Entry entry in line)
        {
            if (entry.Hash == 0)
            {
                _used++;
                entry = added;
                return;
            }

            if (_now - entry.Seen > _now - victim.Seen)
            {
                victim = ref entry;
            }
        }

        victim = added;
    }
}
