using System.Buffers;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// Reads the records of one segment in their order, and finds the next one behind bytes that are no record: flipped, zeroed, cut, unreadable or torn. It ends
/// at the end that it is given and never comes back.
/// </summary>
internal sealed class SegmentReader(IQueueFile file, long position) : IDisposable
{
    /// <summary>Some hundred events a system call.</summary>
    private const int UsualBuffer = 256 * 1024;

    /// <summary>What a failing disk gives in one piece or not at all.</summary>
    private const int SectorBytes = 4096;

    private byte[] _buffer = [];
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

    /// <summary>The document of the record that was peeked last, until the next call.</summary>
    public ReadOnlySpan<byte> Document(int length) => _buffer.AsSpan((int)(Position - _bufferStart) + SpoolRecord.HeaderLength, length);

    /// <summary>Goes past the record that was peeked last.</summary>
    public void Advance()
    {
        Position += _peeked?.Length ?? 0;
        _peeked = null;
    }

    /// <summary>The file stays open: it is the segment's.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _bufferLength) = ([], 0);
        }
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

        return _buffer.AsSpan((int)skipped, _bufferLength - (int)skipped);
    }

    private void Fill(int length, long end)
    {
        int wanted = (int)Math.Max(length, Math.Min(UsualBuffer, end - Position));
        if (_buffer.Length < wanted || (_buffer.Length > UsualBuffer && wanted <= UsualBuffer))
        {
            Dispose();
            _buffer = ArrayPool<byte>.Shared.Rent(wanted);
        }

        _bufferStart = Position;
        _bufferLength = (int)Math.Min(_buffer.Length, end - Position);
        Span<byte> bytes = _buffer.AsSpan(0, _bufferLength);
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
