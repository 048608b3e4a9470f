namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>Records in memory, back to back as they will lie on the disk: those of the batch in hand, or those that the disk does not take.</summary>
internal sealed class HeldRecords
{
    /// <summary>What the buffer goes back to when a disk that was full takes records again.</summary>
    private const int UsualBytes = 512 * 1024;

    /// <summary>Some events of the common mix.</summary>
    private const int FirstBytes = 16 * 1024;

    private readonly Queue<HeldRecord> _records = new();
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private long _total;

    public int Count => _records.Count;

    public int ByteCount => _end - _start;

    /// <summary>All records.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Number of the oldest, or null.</summary>
    public long? First => _records.TryPeek(out HeldRecord first) ? first.Number : null;

    /// <summary>Room for one more, to be written by the caller at once.</summary>
    public Span<byte> Add(long number, int length)
    {
        if (_buffer.Length - _end < length)
        {
            MakeRoom(length);
        }

        _records.Enqueue(new HeldRecord(number, _total, length));
        (_end, _total) = (_end + length, _total + length);
        return _buffer.AsSpan(_end - length, length);
    }

    /// <summary>The records from this number on.</summary>
    public ReadOnlySpan<byte> From(long number)
    {
        foreach (HeldRecord record in _records)
        {
            if (record.Number >= number)
            {
                return Bytes[(int)(record.Offset - _records.Peek().Offset)..];
            }
        }

        return [];
    }

    /// <summary>Lets the records below this number go.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveBelow(long number)
    {
        int removed = 0;
        while (_records.TryPeek(out HeldRecord record) && record.Number < number)
        {
            _records.Dequeue();
            _start += record.Length;
            removed++;
        }

        if (_records.Count == 0)
        {
            Clear();
        }

        return removed;
    }

    public void Clear()
    {
        _records.Clear();
        (_start, _end) = (0, 0);
        if (_buffer.Length > UsualBytes)
        {
            _buffer = [];
        }
    }

    private void MakeRoom(int length)
    {
        int used = _end - _start;
        byte[] target = used + length <= _buffer.Length / 2 ? _buffer : new byte[Math.Max(Math.Max(_buffer.Length * 2, FirstBytes), used + length)];
        _buffer.AsSpan(_start, used).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, used);
    }

    /// <param name="Number">Its place in the queue.</param>
    /// <param name="Offset">Bytes of all records that ever came before it.</param>
    /// <param name="Length">Its bytes.</param>
    private readonly record struct HeldRecord(long Number, long Offset, int Length);
}
