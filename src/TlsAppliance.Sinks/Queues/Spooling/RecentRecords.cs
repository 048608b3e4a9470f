namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// The newest records, as they lie on the disk: those that it does not have, and before them some that it has, so that a reader that keeps up gets them from here and no
/// file is ever read. Their numbers have no gaps.
/// </summary>
internal sealed class RecentRecords(DocumentBlockPool pool)
{
    private const int InitialCapacity = 1024;

    private readonly DocumentBlocks _blocks = new(pool);

    /// <summary>By number.</summary>
    private Entry[] _ring = new Entry[InitialCapacity];
    private long _next;
    private long _unwritten;

    /// <summary>Number of the oldest; when there is none, of no meaning.</summary>
    public long First { get; private set; }

    /// <summary>Records that the disk does not have.</summary>
    public int Unwritten => (int)(_next - _unwritten);

    public long UnwrittenBytes { get; private set; }

    public long WrittenBytes => _blocks.Bytes - UnwrittenBytes;

    /// <summary>Where the oldest lies in its segment, when it was written.</summary>
    public long FirstPosition => EntryOf(First).Position;

    /// <summary>Room for one more, to be written by the caller at once.</summary>
    public Span<byte> Add(long number, int length)
    {
        if (First == _next)
        {
            First = _unwritten = _next = number;
        }

        if (_next - First == _ring.Length)
        {
            Grow();
        }

        DocumentPlace place = _blocks.Add(length);
        EntryOf(_next++) = new Entry(place, 0);
        UnwrittenBytes += length;
        return place.Bytes;
    }

    public bool TryGet(long number, out DocumentPlace record)
    {
        bool isHere = number >= First && number < _next;
        record = isHere ? EntryOf(number).Place : default;
        return isHere;
    }

    /// <summary>What goes to the disk next.</summary>
    public bool TryPeekUnwritten(out RecentPiece piece)
    {
        piece = default;
        if (_unwritten == _next)
        {
            return false;
        }

        DocumentPlace place = EntryOf(_unwritten).Place;
        long end = _unwritten + 1;
        while (end < _next && EntryOf(end).Place is var next && next.Block == place.Block && next.Offset == place.Offset + place.Length)
        {
            place = place with { Length = place.Length + next.Length };
            end++;
        }

        piece = new RecentPiece(_unwritten, end, place);
        return true;
    }

    /// <summary>The piece is written.</summary>
    /// <param name="piece">As it was peeked last.</param>
    /// <param name="position">Where it begins in its segment.</param>
    public void Wrote(in RecentPiece piece, long position)
    {
        for (long number = piece.First; number < piece.End; number++)
        {
            ref Entry entry = ref EntryOf(number);
            entry = entry with { Position = position };
            position += entry.Place.Length;
        }

        _unwritten = piece.End;
        UnwrittenBytes -= piece.Place.Length;
    }

    /// <summary>Lets go what is written and was handed out: lower numbers than this one.</summary>
    public void RemoveRead(long handedOut)
    {
        while (First < _unwritten && First < handedOut)
        {
            RemoveFirst();
        }
    }

    /// <summary>Lets go what is settled, written or not: lower numbers than this one.</summary>
    /// <returns>How many records never came to the disk.</returns>
    public int RemoveSettled(long lowest)
    {
        int unwritten = 0;
        while (First < _next && First < lowest)
        {
            unwritten += First == _unwritten ? 1 : 0;
            RemoveFirst();
        }

        return unwritten;
    }

    public void RemoveFirst()
    {
        ref Entry entry = ref EntryOf(First);
        if (First == _unwritten)
        {
            _unwritten++;
            UnwrittenBytes -= entry.Place.Length;
        }

        _blocks.Remove(entry.Place);
        entry = default;
        First++;
    }

    public void Clear()
    {
        _ring.AsSpan().Clear();
        _blocks.Clear();
        (First, _unwritten, _next, UnwrittenBytes) = (0, 0, 0, 0);
    }

    private ref Entry EntryOf(long number) => ref _ring[number & (_ring.Length - 1)];

    private void Grow()
    {
        var larger = new Entry[_ring.Length * 2];
        for (long number = First; number < _next; number++)
        {
            larger[number & (larger.Length - 1)] = EntryOf(number);
        }

        _ring = larger;
    }

    /// <param name="Place">Where it lies in memory.</param>
    /// <param name="Position">Where it lies in its segment, when it is written.</param>
    private readonly record struct Entry(DocumentPlace Place, long Position);
}
