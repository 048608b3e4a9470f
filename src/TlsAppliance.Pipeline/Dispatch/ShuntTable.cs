using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TlsAppliance.Network.Headers;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// Which connections need no more reading, so that their frames cost one look-up and go no further. Four entries share a cache line; a full line
/// replaces its least recently seen one, which costs nothing but the frames of that connection going the long way again.
/// </summary>
/// <remarks>
/// An entry holds the number of the connection's SYN as its generation. A SYN with another number lifts the shunt, and a shard's "finished" that names another
/// number than the entry is stale. Where no SYN is known, the generation is 0 and marked as such. Connections are told apart by their secret 64-bit hash alone.
/// </remarks>
internal sealed class ShuntTable
{
    private const int Ways = 4;
    private const int IsShunted = 1;
    private const int HasGeneration = 2;

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

        /// <summary>Packet time of the last frame; the two lowest bits are the marks.</summary>
        public uint SeenAndMarks;
    }

    /// <summary>Packet time, ns.</summary>
    public void Tick(long now) => _now = (uint)(now >> TimeShift) << 2;

    /// <summary>True when the frame needs no reading. A SYN with a new number is remembered and always read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admit(ulong hash, TcpFlags flags, uint sequence)
    {
        ref Entry line = ref MemoryMarshal.GetArrayDataReference(_entries);
        line = ref Unsafe.Add(ref line, (nint)((hash & _mask) * Ways));
        for (int way = 0; way < Ways; way++)
        {
            ref Entry entry = ref Unsafe.Add(ref line, way);
            if (entry.Hash == hash)
            {
                return (flags & TcpFlags.Syn) == 0 ? Touch(ref entry) : Reopen(ref entry, flags, sequence);
            }
        }

        if ((flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn)
        {
            Replace(ref line, hash, sequence, HasGeneration);
        }

        return false;
    }

    /// <summary>A shard needs no more frames of this connection, as far as it knew.</summary>
    public void Finish(ulong hash, uint generation, bool hasGeneration)
    {
        ref Entry line = ref _entries[(int)((hash & _mask) * Ways)];
        for (int way = 0; way < Ways; way++)
        {
            ref Entry entry = ref Unsafe.Add(ref line, way);
            if (entry.Hash == hash)
            {
                if ((entry.SeenAndMarks & HasGeneration) == 0 || (hasGeneration && entry.Generation == generation))
                {
                    entry.SeenAndMarks = entry.SeenAndMarks | IsShunted;
                }

                return;
            }
        }

        // Without an entry nobody knows whether a new SYN has passed since; only a connection whose SYN nobody saw is safe.
        if (!hasGeneration)
        {
            Replace(ref line, hash, 0, IsShunted);
        }
    }

    public void Clear() => Array.Clear(_entries);

    private bool Touch(ref Entry entry)
    {
        uint marks = entry.SeenAndMarks & 3;
        uint idle = (_now - (entry.SeenAndMarks & ~3u)) >> 2;
        entry.SeenAndMarks = _now | marks;
        if ((marks & IsShunted) == 0)
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

    private bool Reopen(ref Entry entry, TcpFlags flags, uint sequence)
    {
        if ((flags & TcpFlags.Ack) != 0 || ((entry.SeenAndMarks & HasGeneration) != 0 && entry.Generation == sequence))
        {
            return false;
        }

        entry.Generation = sequence;
        entry.SeenAndMarks = _now | HasGeneration;
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

            if (_now - (entry.SeenAndMarks & ~3u) > _now - (victim.SeenAndMarks & ~3u))
            {
                victim = ref entry;
            }
        }

        victim = new Entry { Hash = hash, Generation = generation, SeenAndMarks = _now | marks };
    }
}
