namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>The file that the cursor is saved in. Not for two threads at a time.</summary>
internal sealed class CursorFile(IQueueFiles files) : IDisposable
{
    private IQueueFile? _file;

    /// <summary>There is one on the disk, whether it can be read or not.</summary>
    public bool Exists { get; private set; }

    /// <summary>The cursor in the file that exists; null when no slot is whole.</summary>
    /// <exception cref="QueueFormatException">A slot is whole and of another version.</exception>
    public QueueCursor? Read()
    {
        Exists = true;
        Span<byte> bytes = stackalloc byte[QueueCursor.FileLength];
        using IQueueFile file = files.Open(QueueCursor.FileName, writable: false);
        return QueueCursor.Read(bytes[..file.Read(bytes, 0)]);
    }

    /// <summary>Returns when the cursor is on the disk.</summary>
    public void Save(QueueCursor cursor)
    {
        Span<byte> slot = stackalloc byte[QueueCursor.WrittenLength];
        cursor.Write(slot);
        _file ??= Exists ? files.Open(QueueCursor.FileName, writable: true) : Create();
        _file.Write(slot, cursor.Offset);
        _file.Sync();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Both slots get their blocks now, so that a save needs none on a full disk.</summary>
    private IQueueFile Create()
    {
        IQueueFile file = files.Create(QueueCursor.FileName);
        try
        {
            Exists = true;
            file.Write(new byte[QueueCursor.FileLength], 0);
            file.Sync();
            files.SyncDirectory();
            return file;
        }
        catch
        {
            file.Dispose();
            files.Delete(QueueCursor.FileName);
            Exists = false;
            throw;
        }
    }
}
