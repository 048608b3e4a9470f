namespace TlsAppliance.Network.Fragments;

/// <summary>
/// One datagram in the making: its bytes, and which of them have come, as sorted ranges that neither touch nor overlap. Reused; all its
/// memory is its owner's.
/// </summary>
internal sealed class FragmentedDatagram
{
    private const int InitialRanges = 8;

    /// <summary>More ranges than honest traffic needs are not kept for the next datagram.</summary>
    private const int KeptRanges = 64;

    private (int Start, int End)[] _ranges = new (int, int)[InitialRanges];
    private int _rangeCount;

    public FragmentKey Key { get; private set; }

    /// <summary>Packet time of the first fragment seen.</summary>
    public long FirstTime { get; private set; }

    public byte[] Buffer { get; set; } = [];

    /// <summary>Length of the datagram, told by its last fragment; -1 before that one has come.</summary>
    public int Length { get; set; } = -1;

    /// <summary>Fragments that brought bytes.</summary>
    public int Fragments { get; private set; }

    /// <summary>End of the highest byte that has come.</summary>
    public int HighestEnd => _rangeCount == 0 ? 0 : _ranges[_rangeCount - 1].End;

    public bool IsComplete => Length >= 0 && _rangeCount == 1 && _ranges[0].Start == 0 && _ranges[0].End == Length;

    // Neighbours by age in the reassembler's list.
    public FragmentedDatagram? Older { get; set; }

    public FragmentedDatagram? Younger { get; set; }

    public void Start(in FragmentKey key, long time)
    {
        (Key, FirstTime) = (key, time);
        (Length, Fragments, _rangeCount) = (-1, 0, 0);
        (Older, Younger) = (null, null);
        if (_ranges.Length > KeptRanges)
        {
            _ranges = new (int, int)[InitialRanges];
        }
    }

    /// <summary>
    /// Copies what is new of <paramref name="data"/> to <paramref name="offset"/>; bytes that have come before stay. The buffer must reach
    /// that far.
    /// </summary>
    public FragmentOverlap Add(int offset, ReadOnlySpan<byte> data)
    {
        int end = offset + data.Length;
        int first = 0;
        while (first < _rangeCount && _ranges[first].End < offset)
        {
            first++;
        }

        // Ranges first..last-1 touch or overlap the new one and become one with it.
        int last = first;
        int position = offset;
        int fresh = 0;
        FragmentOverlap overlap = FragmentOverlap.None;
        (int Start, int End) merged = (offset, end);
        for (; last < _rangeCount && _ranges[last].Start <= end; last++)
        {
            (int start, int stop) = _ranges[last];
            fresh += CopyUpTo(ref position, start, offset, data);
            overlap = Worse(overlap, Compare(Math.Max(start, offset), Math.Min(stop, end), offset, data));
            position = Math.Max(position, stop);
            merged = (Math.Min(merged.Start, start), Math.Max(merged.End, stop));
        }

        fresh += CopyUpTo(ref position, end, offset, data);
        if (fresh == 0)
        {
            return overlap == FragmentOverlap.Differing ? FragmentOverlap.DifferingDuplicate : FragmentOverlap.Duplicate;
        }

        Replace(first, last, merged);
        Fragments++;
        return overlap;
    }

    private int CopyUpTo(ref int position, int limit, int offset, ReadOnlySpan<byte> data)
    {
        int length = limit - position;
        if (length <= 0)
        {
            return 0;
        }

        data.Slice(position - offset, length).CopyTo(Buffer.AsSpan(position));
        position = limit;
        return length;
    }

    private FragmentOverlap Compare(int start, int end, int offset, ReadOnlySpan<byte> data)
    {
        if (start >= end)
        {
            return FragmentOverlap.None;
        }

        bool isSame = data[(start - offset)..(end - offset)].SequenceEqual(Buffer.AsSpan(start, end - start));
        return isSame ? FragmentOverlap.Same : FragmentOverlap.Differing;
    }

    private static FragmentOverlap Worse(FragmentOverlap left, FragmentOverlap right) => left > right ? left : right;

    private void Replace(int first, int last, (int Start, int End) merged)
    {
        if (first == last && _rangeCount == _ranges.Length)
        {
            Array.Resize(ref _ranges, _ranges.Length * 2);
        }

        Array.Copy(_ranges, last, _ranges, first + 1, _rangeCount - last);
        _ranges[first] = merged;
        _rangeCount += 1 - (last - first);
    }
}
