using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// Events in the segment files of one directory, without threads, clocks or locks: the caller brings them. Records are written as they come and become durable
/// by a <see cref="SpoolSync"/>; behind what a disk does not take they wait in memory, and can be read from there. Numbers have no gaps, so what is missing
/// is known without having been read.
/// </summary>
internal sealed partial class Spool : IDisposable
{
    /// <summary>What is written at once, at the end of a batch or in the midst of a large one. A page cache takes one large write at less cost than four small ones.</summary>
    private const int WriteBytes = DocumentBlockPool.BlockBytes;

    private readonly IQueueFiles _files;
    private readonly SpoolOptions _options;
    private readonly EventLayout _layout;
    private readonly DocumentBlockPool _pool = new();
    private readonly RecentRecords _recent;
    private readonly List<Segment> _segments = [];
    private readonly CursorFile _cursorFile;
    private Segment? _active;
    private QueueCursor _saved;
    private bool _directoryIsDirty;
    private bool _cursorLags;
    private string? _orphan;
    private long _diskBytes;
    private Exception? _writeProblem;
    private Exception? _problem;

    private long _written;

    /// <summary>Number behind the last record that was synced.</summary>
    private long _synced;

    private Spool(IQueueFiles files, EventLayout layout, in SpoolOptions options)
    {
        (_files, _layout, _options) = (files, layout, options);
        _cursorFile = new CursorFile(files);
        _recent = new RecentRecords(_pool);
        Window = new SettlementWindow(1);
    }

    /// <summary>What was handed out and is not settled.</summary>
    public SettlementWindow Window { get; private set; }

    /// <summary>The number that the next record gets.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Pending when the spool was opened.</summary>
    public long Found { get; private set; }

    /// <summary>Bytes on the disk and in memory.</summary>
    public long Bytes => _diskBytes + _recent.UnwrittenBytes;

    /// <summary>Records that a power cut would take.</summary>
    public long Unsynced => Next - Math.Max(_synced, Window.Lowest);

    /// <summary>Records that only memory has.</summary>
    public int Held => _recent.Unwritten;

    /// <summary>Number behind the last record that was written.</summary>
    public long Written => _written;

    /// <summary>What the disk said last, or null when all is well.</summary>
    public Exception? Problem => _writeProblem ?? _problem;

    /// <summary>The disk takes no records; they wait in memory until <see cref="TryWrite"/> succeeds.</summary>
    public bool IsUnwritable => _writeProblem is not null;

    /// <summary>Records found damaged or gone since the last look.</summary>
    public long TakeCorrupt()
    {
        (long corrupt, _corrupt) = (_corrupt, 0);
        return corrupt;
    }

    /// <summary>Puts a record behind the others; <see cref="TryWrite"/> brings it to the disk, here only when much has come together.</summary>
    public AppendOutcome Append(in EventEntry entry, ReadOnlySpan<byte> document, long queued)
    {
        if (document.Length > _options.MaximumDocument)
        {
            return AppendOutcome.TooLarge;
        }

        int length = SpoolRecord.HeaderLength + document.Length;
        if (Bytes + length + (_active is null ? SegmentHeader.Length : 0) > _options.MaximumBytes)
        {
            return AppendOutcome.Full;
        }

        if (IsUnwritable && Held > 0 &&
            (Held >= _options.WriteAheadEvents || _recent.UnwrittenBytes + length > _options.WriteAheadBytes))
        {
            return AppendOutcome.Unwritable;
        }

        CloseFullSegment(length);
        SpoolRecord.Write(_recent.Add(Next, length), Next, entry, queued, _layout, document);
        Next++;
        if (_recent.UnwrittenBytes >= WriteBytes && !IsUnwritable)
        {
            TryWrite();
        }

        return AppendOutcome.Stored;
    }

    /// <summary>Writes what only memory has; false: the disk does not take it, and says why in <see cref="Problem"/>.</summary>
    public bool TryWrite()
    {
        while (_recent.TryPeekUnwritten(out RecentPiece piece))
        {
            if (!TryWritePiece(piece))
            {
                return false;
            }
        }

        // What it did not take may not be needed any more; then the next record tells whether it would take more.
        _writeProblem = null;
        Forget();
        return true;
    }

    /// <summary>The cursor has moved. What only memory has and nobody needs any more makes room.</summary>
    /// <returns>Whether it made room.</returns>
    public bool Release()
    {
        if (!IsUnwritable || _recent.RemoveSettled(Window.Lowest) == 0)
        {
            return false;
        }

        // Their numbers will never be on the disk: the cursor must say so before records behind them are.
        _cursorLags = true;
        return true;
    }

    /// <summary>Whether a sync would free segments: all of the oldest is settled.</summary>
    public bool HasSettledSegments => _segments.Count > 0 && _segments[0] != _active && EndOf(0) <= Window.Lowest;

    /// <summary>A segment whose records are all settled is closed, so that it can go, though it has not its full size.</summary>
    /// <param name="leastBytes">Not when it is smaller.</param>
    public void CloseSettledSegment(long leastBytes = 0)
    {
        if (_active?.Length >= leastBytes && Held == 0 && Window.Lowest == Next)
        {
            CloseActive();
        }
    }

    /// <summary>What has to reach the disk now. One sync at a time.</summary>
    /// <param name="due">Records from this number on may wait for the next sync: when all that came before are settled, no record is synced.</param>
    public SpoolSync BeginSync(long due = long.MaxValue)
    {
        // What is settled already needs no disk: a target that keeps up costs few syncs.
        Segment[] dirty = [.. _segments.Where((segment, index) => segment.IsDirty && EndOf(index) > Window.Lowest)];
        bool mayWait = dirty.Length > 0 && Window.Lowest >= due;
        dirty = mayWait ? [] : dirty;
        foreach (Segment segment in dirty)
        {
            (segment.IsDirty, segment.IsSyncing) = (false, true);
        }

        long durable = mayWait ? Math.Max(_synced, Window.Lowest) : _written;

        // A cursor that knows no synced end lets the next process look at the last segment from its beginning, and find there what was written.
        QueueCursor cursor = mayWait ? new QueueCursor(_saved.Save + 1, Window.Lowest, durable, Segment: 0, Length: 0) : CurrentCursor();
        bool moved = cursor with { Save = _saved.Save } != _saved;
        bool syncsDirectory = _directoryIsDirty && dirty.Length > 0;
        _directoryIsDirty &= !syncsDirectory;
        return new SpoolSync(_files, durable, dirty, syncsDirectory, moved ? cursor : null, _cursorFile)
        {
            Settled = Settled(_cursorFile.Exists ? _saved.Lowest : Window.Lowest),
            SettledByCursor = Settled(cursor.Lowest),
        };
    }

    /// <summary>Takes the outcome over.</summary>
    /// <returns>Whether there is more room than before.</returns>
    public bool EndSync(SpoolSync sync)
    {
        EndOfUse(sync.Segments);
        if (sync.SegmentsAreSynced)
        {
            _synced = sync.Written;
        }
        else
        {
            // After a sync that failed nobody knows what the file has; what follows goes to another.
            _directoryIsDirty |= sync.SyncsDirectory;
            foreach (Segment segment in sync.Segments)
            {
                segment.IsDirty = true;
            }

            CloseActive();
        }

        if (sync.CursorIsSaved)
        {
            _saved = sync.Cursor!.Value;
            _cursorLags &= _saved.Lowest < Window.Lowest;
        }

        _problem = sync.Failure;
        foreach (Segment segment in sync.Deleted)
        {
            Forget(segment);
        }

        return sync.Deleted.Count > 0;
    }

    /// <summary>What only memory has is given up: nobody will write it any more.</summary>
    /// <returns>How many events that costs.</returns>
    public long GiveUpHeld()
    {
        long before = Next - Window.Next + Window.Unsettled;
        for (long number = _written; number < Window.Next; number++)
        {
            Window.Settle(number);
        }

        Next = Math.Max(_written, Window.Next);
        long unread = Window.Next < _written ? _written - Window.Next : 0;
        _recent.Clear();
        return before - unread - Window.Unsettled;
    }

    public void Dispose()
    {
        foreach (Segment segment in _segments)
        {
            segment.Dispose();
        }

        _reader?.Dispose();
        _cursorFile.Dispose();
    }

    private void CloseFullSegment(int length)
    {
        if ((_active?.Length ?? SegmentHeader.Length) + _recent.UnwrittenBytes + length <= _options.SegmentBytes)
        {
            return;
        }

        if (!IsUnwritable && TryWrite())
        {
            CloseActive();
        }
    }

    /// <summary>One without a record stays: the next would have its name.</summary>
    private void CloseActive()
    {
        if (_active is { Length: > SegmentHeader.Length } closed)
        {
            _active = null;
            CloseUnused(closed);
        }
    }

    private void CloseUnused(Segment segment)
    {
        if (segment is { IsDirty: false, IsSyncing: false } && segment != _active && segment != _reading)
        {
            segment.Dispose();
        }
    }

    private Segment CreateSegment(long first)
    {
        DeleteOrphan();
        var segment = new Segment(first, SegmentHeader.Length);
        segment.File = _files.Create(segment.Name);
        _directoryIsDirty = true;
        try
        {
            Span<byte> header = stackalloc byte[SegmentHeader.Length];
            SegmentHeader.Write(header, first);
            segment.File.Write(header, 0);
        }
        catch
        {
            segment.Dispose();
            _orphan = segment.Name;
            DeleteOrphan();
            throw;
        }

        _segments.Add(segment);
        _diskBytes += segment.Length;
        return segment;
    }

    /// <summary>A file without a record that has a name which will be needed.</summary>
    private void DeleteOrphan()
    {
        if (_orphan is not null)
        {
            _files.Delete(_orphan);
            _orphan = null;
        }
    }

    /// <summary>A part of a write may be in the file. It is no record, and the next write goes over it; cut, nobody has to look at it.</summary>
    private void CutBack()
    {
        try
        {
            _active?.File!.Truncate(_active.Length);
        }
        catch (IOException)
        {
            // The first failure is the one that counts.
        }
    }

    private QueueCursor CurrentCursor()
    {
        Segment? last = _segments.Count > 0 ? _segments[^1] : null;
        return new QueueCursor(_saved.Save + 1, Window.Lowest, Math.Max(_written, Window.Lowest), last?.First ?? 0, last?.Length ?? 0);
    }

    /// <summary>Rare, and small enough to be done in the midst of things.</summary>
    private void SaveCursorNow()
    {
        QueueCursor cursor = CurrentCursor();
        _cursorFile.Save(cursor);
        (_saved, _cursorLags) = (cursor, false);
    }

    private void EndOfUse(IReadOnlyList<Segment> segments)
    {
        foreach (Segment segment in segments)
        {
            segment.IsSyncing = false;
            CloseUnused(segment);
        }
    }

    /// <summary>Number behind the last record that a segment can have.</summary>
    private long EndOf(int index) => index + 1 < _segments.Count ? _segments[index + 1].First : _written;

    /// <summary>The oldest segments, as far as they end below this number.</summary>
    private Segment[] Settled(long lowest) => [.. _segments.TakeWhile((segment, index) => segment != _active && EndOf(index) <= lowest)];

    /// <summary>The segment is deleted.</summary>
    private void Forget(Segment segment)
    {
        segment.Dispose();
        _segments.Remove(segment);
        _diskBytes -= segment.Length;
        if (_reading == segment)
        {
            _reader?.Dispose();
            (_reading, _reader) = (null, null);
        }
    }

    /// <summary>What memory need not have in addition to the disk: written and read, or too much to wait for a reader that is behind.</summary>
    private void Forget()
    {
        _recent.RemoveRead(Window.Next);
        while (_recent.WrittenBytes > _options.RecentBytes)
        {
            if (_recent.First == Window.Next)
            {
                _resume = (_recent.First, _recent.FirstPosition);
            }

            _recent.RemoveFirst();
        }
    }

    private bool TryWritePiece(in RecentPiece piece)
    {
        try
        {
            if (_cursorLags)
            {
                SaveCursorNow();
            }

            _active ??= CreateSegment(piece.First);
            _active.IsDirty = true;
            _active.File!.Write(piece.Place.Bytes, _active.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _writeProblem = failure;
            CutBack();
            return false;
        }

        _recent.Wrote(piece, _active.Length);
        _active.Length += piece.Place.Length;
        _diskBytes += piece.Place.Length;
        _written = piece.End;
        return true;
    }
}
