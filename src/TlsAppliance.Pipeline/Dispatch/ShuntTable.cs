using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TlsAppliance.Network.Headers;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// Which connections need no more reading, so that their frames cost one look-up and go no further. Four entries share a cache line; a full line
/// replaces its least recently seen one, which costs nothing but the frames of that connection going the long way again.
/// </summary>
/// <remarks>
/// An entry holds the number of the connection's SYN as its generation; where only the server's side is seen, that of the SYN-ACK. Another number lifts the shunt, and
/// a shard's "finished" that names another number than the entry is stale. Connections are told apart by their secret 64-bit hash alone.
/// </remarks>
internal sealed class ShuntTable
{
    private const int Ways = 4;
    private const uint IsShunted = 1;
    private const int KindShift = 1;
    private const uint Marks = 7;
    private const int MarkBits = 3;

    /// <summary>Entries keep packet time in units of 2^26 ns, a fifteenth of a second.</summary>
    private const int TimeShift = 26;

    private readonly Entry[] _entries;
    private readonly ulong _mask;
    private readonly long _idleTimeout;
    private uint _now;

    /// <param name="connections">Connections to remember; rounded up to a power of two.</param>
    /// <param name="idleTimeout">Nanoseconds of packet time without a frame after which a shunt is lifted.</param>
    public ShuntTable(int connections, long idleTimeout)
    {
        uint lines = Math.Max(1, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)connections) / Ways);
        _entries = GC.AllocateArray<Entry>((int)lines * Ways, pinned: true);
        _mask = lines - 1;
        _idleTimeout = idleTimeout;
    }

    /// <summary>16 bytes: four make a cache line.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public ulong Hash;
        public uint Generation;

        /// <summary>Packet time of the last frame above three bits of marks: <see cref="IsShunted"/> and the <see cref="OpeningKind"/>.</summary>
        public uint SeenAndMarks;

        public readonly bool Shunted => (SeenAndMarks & IsShunted) != 0;

        public readonly OpeningKind OpenedBy => (OpeningKind)((SeenAndMarks & Marks) >> KindShift);

        public readonly uint Seen => SeenAndMarks & ~Marks;
    }

    /// <summary>Packet time, ns.</summary>
    public void Tick(long now) => _now = (uint)(now >> TimeShift) << MarkBits;

    /// <summary>True when the frame needs no reading. A SYN or SYN-ACK is always read; one with a new number is remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admit(ulong hash, TcpFlags flags, uint sequence)
    {
        ref Entry line = ref LineOf(hash);
        for (int way = 0; way < Ways; way++)
        {
            ref Entry entry = ref Unsafe.Add(ref line, way);
            if (entry.Hash == hash)
            {
                return (flags & TcpFlags.Syn) == 0 ? Touch(ref entry) : Reopen(ref entry, KindOf(flags), sequence);
            }
        }

        if ((flags & TcpFlags.Syn) != 0)
        {
            Replace(ref line, hash, sequence, (uint)KindOf(flags) << KindShift);
        }

        return false;
    }

    /// <summary>A shard needs no more frames of this connection, as far as it knew.</summary>
    public void Finish(in FinishedFlow finished)
    {
        ref Entry line = ref LineOf(finished.Hash);
        for (int way = 0; way < Ways; way++)
        {
            ref Entry entry = ref Unsafe.Add(ref line, way);
            if (entry.Hash == finished.Hash)
            {
                if (entry.OpenedBy == OpeningKind.None || (entry.OpenedBy == finished.OpenedBy && entry.Generation == finished.Generation))
                {
                    entry.SeenAndMarks |= IsShunted;
                }

                return;
            }
        }

        // Without an entry nobody knows whether a new SYN has passed since; only a connection whose SYN nobody saw is safe.
        if (finished.OpenedBy == OpeningKind.None)
        {
            Replace(ref line, finished.Hash, 0, IsShunted);
        }
    }

    public void Clear() => Array.Clear(_entries);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry LineOf(ulong hash) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nint)((hash & _mask) * Ways));

    private static OpeningKind KindOf(TcpFlags flags) => (flags & TcpFlags.Ack) == 0 ? OpeningKind.Syn : OpeningKind.SynAck;

    private bool Touch(ref Entry entry)
    {
        uint idle = (_now - entry.Seen) >> MarkBits;
        entry.SeenAndMarks = _now | (entry.SeenAndMarks & Marks);
        if (!entry.Shunted)
        {
            return false;
        }

        if ((long)idle << TimeShift < _idleTimeout)
        {
            return true;
        }

        entry = default;
        return false;
    }

    private bool Reopen(ref Entry entry, OpeningKind kind, uint sequence)
    {
        if (kind > entry.OpenedBy || (kind == entry.OpenedBy && entry.Generation != sequence))
        {
            entry.Generation = sequence;
            entry.SeenAndMarks = _now | (uint)kind << KindShift;
        }

        return false;
    }

    private void Replace(ref Entry line, ulong hash, uint generation, uint marks)
    {
        ref Entry victim = ref line;
        for (int way = 0; way < Ways; way++)
        {
            ref Entry entry = ref Unsafe.Add(ref line, way);
            if (entry.Hash == 0)
            {
                victim = ref entry;
                break;
            }

            if (_now - entry.Seen > _now - victim.Seen)
            {
                victim = ref entry;
            }
        }

        victim = new Entry { Hash = hash, Generation = generation, SeenAndMarks = _now | marks };
    }
}
