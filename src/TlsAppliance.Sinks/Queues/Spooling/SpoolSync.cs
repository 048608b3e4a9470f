namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>
/// One sync of a spool: what was to be put on the disk when it began. Only <see cref="Run"/> touches the disk, so that the spool can be appended to and read
/// meanwhile.
/// </summary>
internal sealed class SpoolSync(
    IQueueFiles files, long written, IReadOnlyList<Segment> segments, bool syncsDirectory, QueueCursor? cursor, CursorFile cursorFile)
{
    /// <summary>Number behind the last record that will be synced.</summary>
    public long Written => written;

    public IReadOnlyList<Segment> Segments => segments;

    public bool SyncsDirectory => syncsDirectory;

    /// <summary>What is saved, or null when the saved one holds.</summary>
    public QueueCursor? Cursor => cursor;

    /// <summary>Segments that the saved cursor has left behind.</summary>
    public required IReadOnlyList<Segment> Settled { get; init; }

    /// <summary>Segments that the cursor leaves behind when it is saved.</summary>
    public required IReadOnlyList<Segment> SettledByCursor { get; init; }

    public bool SegmentsAreSynced { get; private set; }

    public bool CursorIsSaved { get; private set; }

    /// <summary>What is gone from the disk: the first of the settled ones.</summary>
    public List<Segment> Deleted { get; } = [];

    /// <summary>Why it is not done, or null.</summary>
    public Exception? Failure { get; private set; }

    public void Run()
    {
        try
        {
            foreach (Segment segment in segments)
            {
                Sync(segment);
            }

            if (syncsDirectory)
            {
                files.SyncDirectory();
            }

            SegmentsAreSynced = true;
            if (cursor is { } next)
            {
                cursorFile.Save(next);
                CursorIsSaved = true;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure;
        }

        // A cursor that cannot be made at all leaves the segments themselves to say where to begin.
        Delete(CursorIsSaved || !cursorFile.Exists ? SettledByCursor : Settled);
    }

    private void Delete(IReadOnlyList<Segment> settled)
    {
        try
        {
            foreach (Segment segment in settled)
            {
                files.Delete(segment.Name);
                Deleted.Add(segment);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure;
        }
    }

    private void Sync(Segment segment)
    {
        if (segment.File is { } open)
        {
            open.Sync();
            return;
        }

        // Left by an earlier run, which may not have come to its last sync.
        try
        {
            using IQueueFile file = files.Open(segment.Name, writable: false);
            file.Sync();
        }
        catch (Exception failure) when (failure is FileNotFoundException or UnauthorizedAccessException)
        {
            // Nothing that we could sync; its reader will tell what is missing.
        }
    }
}
