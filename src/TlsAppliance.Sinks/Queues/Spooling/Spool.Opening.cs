using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>What an earlier run has left. Reads the headers, the cursor and the unsynced end, never the bulk; writes nothing.</summary>
internal sealed partial class Spool
{
    /// <summary>Opens whatever the directory holds. A disk that fails is a <see cref="Problem"/>, not a reason not to start.</summary>
    /// <exception cref="QueueFormatException">It is of another version.</exception>
    public static Spool Open(IQueueFiles files, EventLayout layout, in SpoolOptions options)
    {
        var spool = new Spool(files, layout, options);
        try
        {
            spool.Find();
        }
        catch (QueueFormatException)
        {
            spool.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            spool._problem = failure;
        }

        return spool;
    }

    private void Find()
    {
        IReadOnlyList<(string Name, long Length)> names = _files.List();
        foreach ((string name, long length) in names)
        {
            if (SegmentHeader.TryParseName(name, out long first))
            {
                CheckVersion(name);
                _segments.Add(new Segment(first, length));
            }
        }

        _segments.Sort((left, right) => left.First.CompareTo(right.First));
        QueueCursor cursor = ReadCursor(names) ?? new QueueCursor(0, _segments.Count > 0 ? _segments[0].First : 1, 1, 0, 0);
        _saved = cursor;
        long next = _segments.Count > 0 ? Math.Max(cursor.Next, FindEnd(_segments[^1], cursor)) : cursor.Next;
        long lowest = Math.Min(cursor.Lowest, next);
        (Next, _written, _synced) = (next, next, Math.Min(cursor.Next, next));
        foreach (Segment segment in _segments.Where(segment => segment.First >= cursor.Segment))
        {
            // A killed process leaves written what was never synced; the first sync makes up for it.
            segment.IsDirty = true;
            _directoryIsDirty = true;
        }

        Window = new SettlementWindow(lowest);
        Found = next - lowest;
        RemoveEmptyTail();
        _diskBytes = _segments.Sum(segment => segment.Length);
    }

    private void CheckVersion(string name)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Length];
        try
        {
            using IQueueFile file = _files.Open(name, writable: false);
            int read = file.Read(header, 0);
            if (SegmentHeader.IsOfOtherVersion(header[..read], out int? version))
            {
                throw new QueueFormatException(name, version.Value);
            }
        }
        catch (Exception failure) when (failure is (IOException or UnauthorizedAccessException) and not QueueFormatException)
        {
            _problem = failure;
        }
    }

    private QueueCursor? ReadCursor(IReadOnlyList<(string Name, long Length)> names)
    {
        if (!names.Any(file => file.Name == QueueCursor.FileName))
        {
            return null;
        }

        try
        {
            return _cursorFile.Read();
        }
        catch (Exception failure) when (failure is (IOException or UnauthorizedAccessException) and not QueueFormatException)
        {
            _problem = failure;
            return null;
        }
    }

    /// <summary>Number behind the last whole record of the last segment. Looks only behind what the cursor knows to be synced.</summary>
    private long FindEnd(Segment last, in QueueCursor cursor)
    {
        long next = last.First;
        long start = SegmentHeader.Length;
        if (cursor.Segment == last.First && cursor.Length >= SegmentHeader.Length && cursor.Length <= last.Length)
        {
            (next, start) = (cursor.Next, cursor.Length);
        }

        try
        {
            using IQueueFile file = _files.Open(last.Name, writable: false);
            using var reader = new SegmentReader(file, start, _pool);
            while (reader.TryPeek(last.Length, next, long.MaxValue, out SpoolRecord record))
            {
                next = record.Number + 1;
                reader.Advance();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Who cannot look assumes the most that it can have, so that no number comes twice.
            _problem = failure;
            next = Math.Max(next, last.First + (last.Length / SpoolRecord.HeaderLength) + 1);
        }

        return next;
    }

    /// <summary>A segment that was begun and got no record has the name that the next one needs.</summary>
    private void RemoveEmptyTail()
    {
        if (_segments.Count == 0 || _segments[^1].First < Next)
        {
            return;
        }

        Segment tail = _segments[^1];
        _segments.RemoveAt(_segments.Count - 1);
        _orphan = tail.Name;
        try
        {
            DeleteOrphan();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problem = failure;
        }
    }
}
