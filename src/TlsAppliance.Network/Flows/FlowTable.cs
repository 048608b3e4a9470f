using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// The flows of one shard by key: open addressing over 8-byte slots (tag and index), entries in dense pages that never move. Each
/// <see cref="FlowClass"/> has a list in the order of the last frame, so that expiry and eviction look only at flows that are due.
/// </summary>
/// <typeparam name="TFlow">What the owner keeps for each flow.</typeparam>
public sealed class FlowTable<TFlow>
    where TFlow : struct
{
    /// <summary>A frame this far ahead of the clock does not count as recent once its class has timed out: its time stamp was wrong.</summary>
    public const long MaximumLead = 60 * Second;

    private const int None = -1;
    private const int Classes = 4;

    /// <summary>512 flows: a page stays below the size at which objects go to the large object heap.</summary>
    private const int PageBits = 9;
    private const int PageSize = 1 << PageBits;
    private const int FirstPages = 8;
    private const int FirstSlots = 1024;

    /// <summary>A growing table has at most 2⅔ slots per flow.</summary>
    private const int ManySlotsPerFlow = 8;

    private const long Second = 1_000_000_000;

    private readonly FlowHash _hash;
    private readonly int _maximum;
    private readonly long[] _timeouts = new long[Classes];
    private readonly int[] _oldest = [None, None, None, None];
    private readonly int[] _newest = [None, None, None, None];
    private UnmanagedArray<Slot> _slots = new(FirstSlots);
    private Entry[]?[] _pages = [];
    private int _used;
    private int _free = None;

    public FlowTable(FlowOptions options, FlowHash hash)
    {
        _hash = hash;
        _maximum = options.MaximumFlows;
        for (int flowClass = 0; flowClass < Classes; flowClass++)
        {
            _timeouts[flowClass] = options.Timeouts[(FlowClass)flowClass].Ticks * TimeSpan.NanosecondsPerTick;
        }
    }

    /// <summary>Flows in the table.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count >= _maximum;

    /// <summary>Indices in use lie below this; see <see cref="IsUsed"/>.</summary>
    public int IndexEnd => _used;

    /// <summary>Bytes of one entry; a slot has 8 more, and a table at most 2⅔ slots per flow.</summary>
    internal static int EntrySize => Unsafe.SizeOf<Entry>();

    internal int SlotCount => _slots.Length;

    /// <summary>Slots and entries looked at; the tests see from it that work stays linear.</summary>
    internal long Steps { get; private set; }

    /// <summary>What the owner keeps for the flow at an index that <see cref="Find"/>, <see cref="Add"/> or expiry gave.</summary>
    public ref TFlow this[int index] => ref At(index).Flow;

    /// <summary>Index of the flow, or -1.</summary>
    /// <param name="key">The flow.</param>
    /// <param name="hash">Its hash under the table's <see cref="FlowHash"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in FlowKey key, ulong hash)
    {
        uint tag = Tag(hash);
        for (int slot = Home(tag); ; slot = Following(slot))
        {
            Steps++;
            Slot found = _slots[slot];
            if (found.Tag == 0)
            {
                return None;
            }

            if (found.Tag == tag && At(found.Index).Key == key)
            {
                return found.Index;
            }
        }
    }

    /// <summary>The first step of looking up a flow ahead of time: asks for the place where <see cref="Approach"/> begins to look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash) => Flows.Prefetch.Line(ref _slots[Home(Tag(hash))]);

    /// <summary>
    /// The second step: the index of the flow that has this hash, as far as can be told without its key, or -1; its entry is asked for. Only a hint, for what
    /// <see cref="Find"/> will say when the frame's turn has come.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Approach(ulong hash)
    {
        uint tag = Tag(hash);
        int slot = Home(tag);
        while (_slots[slot].Tag != tag)
        {
            if (_slots[slot].Tag == 0)
            {
                return None;
            }

            slot = Following(slot);
        }

        int index = _slots[slot].Index;
        Flows.Prefetch.Lines(ref At(index), (Unsafe.SizeOf<Entry>() / Flows.Prefetch.LineLength) + 1);
        return index;
    }

    /// <summary>Adds a flow that is not there yet, as <see cref="FlowClass.Embryonic"/>. The table must not be full.</summary>
    public int Add(in FlowKey key, ulong hash, long now)
    {
        if ((Count + 1) * 4L > _slots.Length * 3L)
        {
            GrowSlots();
        }

        int index = TakeEntry();
        Insert(new Slot(Tag(hash), index));
        Count++;
        ref Entry entry = ref At(index);
        entry.Key = key;
        entry.LastSeen = now;
        entry.Class = FlowClass.Embryonic;
        entry.Used = true;
        Append(ref entry, index, now);
        return index;
    }

    public ref readonly FlowKey KeyOf(int index) => ref At(index).Key;

    public FlowClass ClassOf(int index) => At(index).Class;

    /// <summary>False for an index below <see cref="IndexEnd"/> that no flow has now.</summary>
    public bool IsUsed(int index) => At(index).Used;

    /// <summary>A frame of the flow has come. <paramref name="seen"/> may lie ahead of <paramref name="now"/>, when the frame's own time does.</summary>
    public void Touch(int index, long now, long seen)
    {
        ref Entry entry = ref At(index);
        entry.LastSeen = seen;
        entry.WasAhead = false;
        if (entry.LinkedSecond != ToSecond(now))
        {
            Unlink(ref entry);
            Append(ref entry, index, now);
        }
    }

    /// <summary>Moves the flow to another class; its timeout counts from now.</summary>
    public void Classify(int index, FlowClass flowClass, long now)
    {
        ref Entry entry = ref At(index);
        if (entry.Class == flowClass)
        {
            return;
        }

        Unlink(ref entry);
        entry.Class = flowClass;
        Append(ref entry, index, now);
    }

    public void Remove(int index)
    {
        ref Entry entry = ref At(index);
        RemoveSlot(index, Tag(_hash.Compute(entry.Key)));
        Unlink(ref entry);
        entry = default;
        entry.Newer = _free;
        _free = index;
        Count--;
    }

    /// <summary>Forgets all flows. The room that they took is kept for the next, so that a loop over a capture allocates in its first pass only.</summary>
    public void Clear()
    {
        ClearSlots();
        for (int page = 0; page * PageSize < _used; page++)
        {
            Array.Clear(_pages[page]!);
        }

        _oldest.AsSpan().Fill(None);
        _newest.AsSpan().Fill(None);
        (Count, _used, _free) = (0, 0, None);
    }

    /// <summary>A large time line must not make each of the small ones after it empty all of its slots.</summary>
    private void ClearSlots()
    {
        if (_slots.Length > FirstSlots && _slots.Length / ManySlotsPerFlow > _used)
        {
            _slots.Dispose();
            _slots = new UnmanagedArray<Slot>(FirstSlots);
            return;
        }

        _slots.Clear();
    }

    /// <summary>The flow that makes room: the longest idle of the cheapest class that has one. -1 in an empty table.</summary>
    public int FindVictim()
    {
        for (int flowClass = 0; flowClass < Classes; flowClass++)
        {
            if (_oldest[flowClass] != None)
            {
                return _oldest[flowClass];
            }
        }

        return None;
    }

    /// <summary>Tells <paramref name="expiry"/> each flow that has been idle for its class's timeout at <paramref name="now"/>.</summary>
    public void Expire<TExpiry>(long now, ref TExpiry expiry)
        where TExpiry : struct, IFlowExpiry
    {
        for (int flowClass = 0; flowClass < Classes; flowClass++)
        {
            ExpireClass(flowClass, now, ref expiry);
        }
    }

    /// <summary>
    /// Lists are in order of the second in which a flow was linked. Within that second a flow may have been seen again, so those that are linked
    /// long enough ago are looked at one by one: each at most once per tick of one second.
    /// </summary>
    private void ExpireClass<TExpiry>(int flowClass, long now, ref TExpiry expiry)
        where TExpiry : struct, IFlowExpiry
    {
        long due = now - _timeouts[flowClass];
        uint dueSecond = ToSecond(due);
        int index = _oldest[flowClass];
        while (index != None)
        {
            Steps++;
            ref Entry entry = ref At(index);
            if (entry.LinkedSecond > dueSecond)
            {
                return;
            }

            int newer = entry.Newer;
            if (entry.LastSeen <= due || (entry.LastSeen > now + MaximumLead && entry.WasAhead))
            {
                expiry.OnExpired(index);
            }
            else if (entry.LastSeen > now + MaximumLead)
            {
                GiveTime(ref entry, index, now);
            }

            index = newer;
        }
    }

    /// <summary>The clock may be on its way to this flow, in more than one jump: it waits one more timeout.</summary>
    private void GiveTime(ref Entry entry, int index, long now)
    {
        entry.WasAhead = true;
        Unlink(ref entry);
        Append(ref entry, index, now);
    }

    private int TakeEntry()
    {
        if (_free != None)
        {
            int index = _free;
            _free = At(index).Newer;
            return index;
        }

        int page = _used / PageSize;
        if (page == _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(FirstPages, _pages.Length * 2));
        }

        _pages[page] ??= new Entry[PageSize];
        return _used++;
    }

    private void Append(ref Entry entry, int index, long now)
    {
        int flowClass = (int)entry.Class;
        int older = _newest[flowClass];
        entry.LinkedSecond = ToSecond(now);
        entry.Older = older;
        entry.Newer = None;
        _newest[flowClass] = index;
        if (older == None)
        {
            _oldest[flowClass] = index;
        }
        else
        {
            At(older).Newer = index;
        }
    }

    private void Unlink(ref Entry entry)
    {
        int flowClass = (int)entry.Class;
        if (entry.Older == None)
        {
            _oldest[flowClass] = entry.Newer;
        }
        else
        {
            At(entry.Older).Newer = entry.Newer;
        }

        if (entry.Newer == None)
        {
            _newest[flowClass] = entry.Older;
        }
        else
        {
            At(entry.Newer).Older = entry.Older;
        }
    }

    private void Insert(Slot added)
    {
        int slot = Home(added.Tag);
        while (_slots[slot].Tag != 0)
        {
            Steps++;
            slot = Following(slot);
        }

        _slots[slot] = added;
    }

    private void GrowSlots()
    {
        UnmanagedArray<Slot> old = _slots;
        _slots = new UnmanagedArray<Slot>(old.Length * 2);
        for (int slot = 0; slot < old.Length; slot++)
        {
            if (old[slot].Tag != 0)
            {
                Insert(old[slot]);
            }
        }

        old.Dispose();
    }

    /// <summary>Closes the gap behind the removed slot, so that no chain is broken and no mark of a deletion is left (Knuth 6.4, algorithm R).</summary>
    private void RemoveSlot(int index, uint tag)
    {
        int hole = Home(tag);
        while (_slots[hole].Index != index || _slots[hole].Tag == 0)
        {
            hole = Following(hole);
        }

        for (int slot = Following(hole); _slots[slot].Tag != 0; slot = Following(slot))
        {
            Steps++;
            if (((slot - Home(_slots[slot].Tag)) & (_slots.Length - 1)) >= ((slot - hole) & (_slots.Length - 1)))
            {
                _slots[hole] = _slots[slot];
                hole = slot;
            }
        }

        _slots[hole] = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry At(int index) => ref _pages[index >> PageBits]![index & (PageSize - 1)];

    /// <summary>Never 0, which marks a free slot. 32 bits are enough: a table has at most 2³¹ slots and keys are compared in full.</summary>
    private static uint Tag(ulong hash) => (uint)hash | 1u << 31;

    private int Home(uint tag) => (int)(tag & (uint)(_slots.Length - 1));

    private int Following(int slot) => (slot + 1) & (_slots.Length - 1);

    /// <summary>Moved by 2³¹, so that times from 1901 to 2106 keep their order.</summary>
    private static uint ToSecond(long time) => (uint)Math.Clamp(time / Second + int.MaxValue, 0, uint.MaxValue);

    private readonly record struct Slot(uint Tag, int Index);

    private struct Entry
    {
        public FlowKey Key;
        public long LastSeen;
        public uint LinkedSecond;
        public int Older;
        public int Newer;
        public FlowClass Class;
        public bool Used;
        public bool WasAhead;
        public TFlow Flow;
    }
}
