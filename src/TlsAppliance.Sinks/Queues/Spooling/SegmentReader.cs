namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// Reads the records of one segment in their order, and finds the next one behind bytes that are no record: flipped, zeroed, cut, unreadable or torn. It ends
/// at the end that it is given and never comes back.
/// </summary>
internal sealed class SegmentReader(IQueueFile file, long position, DocumentBlockPool pool) : IDisposable
{
    /// <summary>What a failing disk gives in one piece or not at all.</summary>
    private const int SectorBytes = 4096;

    private DocumentBlock? _block;
    private long _bufferStart;
    private int _bufferLength;
    private SpoolRecord? _peeked;

    /// <summary>Where the next record is looked for.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The next record, without going past it.</summary>
    /// <param name="end">Bytes of the file that count.</param>
    /// <param name="minimum">Records of lower numbers are passed over.</param>
    /// <param name="limit">A record of this number or above is none of this segment.</param>
    /// <param name="record">The record, when there is one.</param>
    public bool TryPeek(long end, long minimum, long limit, out SpoolRecord record)
    {
        while (!IsAtRecord(end, limit, out record) || record.Number < minimum)
        {
            if (_peeked is not null)
            {
                Advance();
            }
            else if (!TryFindMagic(end))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the record that was peeked last lies; until the next call, unless its block is held.</summary>
    public DocumentPlace Record(int length) => new(_block!, (int)(Position - _bufferStart), length);

    /// <summary>Goes past the record that was peeked last.</summary>
    public void Advance()
    {
        Position += _peeked?.Length ?? 0;
        _peeked = null;
    }

    /// <summary>The file stays open: it is the segment's.</summary>
    public void Dispose()
    {
        _block?.LetGo();
        (_block, _bufferLength) = (null, 0);
    }

    private bool IsAtRecord(long end, long limit, out SpoolRecord record)
    {
        if (_peeked is { } peeked)
        {
            record = peeked;
            return true;
        }

        record = default;
        if (end - Position < SpoolRecord.HeaderLength ||
            !SpoolRecord.TryReadHeader(Load(SpoolRecord.HeaderLength, end), out record) ||
            record.Number >= limit ||
            end - Position < record.Length ||
            !SpoolRecord.IsWhole(Load(record.Length, end)))
        {
            return false;
        }

        _peeked = record;
        return true;
    }

    /// <summary>Goes to the next place that can be a record, or to the end.</summary>
    private bool TryFindMagic(long end)
    {
        int magic = SpoolRecord.Magic.Length;
        Position++;
        while (end - Position >= magic)
        {
            ReadOnlySpan<byte> bytes = LoadSome(magic, end);
            int found = bytes.IndexOf(SpoolRecord.Magic);
            if (found >= 0)
            {
                Position += found;
                return true;
            }

            Position += bytes.Length - (magic - 1);
        }

        Position = end;
        return false;
    }

    private ReadOnlySpan<byte> Load(int length, long end) => LoadSome(length, end)[..length];

    /// <summary>At least so many bytes from the position on, which the file has.</summary>
    private ReadOnlySpan<byte> LoadSome(int length, long end)
    {
        long skipped = Position - _bufferStart;
        if (skipped < 0 || _bufferLength - skipped < length)
        {
            Fill(length, end);
            skipped = 0;
        }

        return _block!.Bytes.AsSpan((int)skipped, _bufferLength - (int)skipped);
    }

    private void Fill(int length, long end)
    {
        int wanted = Math.Max(length, DocumentBlockPool.BlockBytes);
        if (_block is not { HasOneHolder: true } block || block.Bytes.Length != wanted)
        {
            // Somebody has records of it in hand, or it has not the size.
            _block?.LetGo();
            _block = block = pool.Rent(wanted);
        }

        _bufferStart = Position;
        _bufferLength = (int)Math.Min(wanted, end - Position);
        Span<byte> bytes = block.Bytes.AsSpan(0, _bufferLength);
        try
        {
            ReadOrZero(bytes, Position);
        }
        catch (IOException)
        {
            ReadSectors(bytes, Position);
        }
    }

    /// <summary>What a file lacks that was longer before is damaged, not missing: zeros.</summary>
    private void ReadOrZero(Span<byte> bytes, long offset) => bytes[file.Read(bytes, offset)..].Clear();

    /// <summary>As much as the disk still gives.</summary>
    private void ReadSectors(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int length = (int)Math.Min(bytes.Length, SectorBytes - (offset % SectorBytes));
            try
            {
                ReadOrZero(bytes[..length], offset);
            }
            catch (IOException)
            {
                bytes[..length].Clear();
            }

            bytes = bytes[length..];
            offset += length;
        }
    }
}
