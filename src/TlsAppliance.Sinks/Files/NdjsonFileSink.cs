using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Files;

/// <summary>
/// Writes events to one NDJSON file, whole batches at a time. The file ends after a whole event at every moment: a batch that could not be written in
/// full is taken back. The file exists from the start, so a run without events leaves an empty one.
/// </summary>
public sealed class NdjsonFileSink : IEventSink, IDisposable
{
    /// <summary>Names tried before giving up; a directory with more runs in one second is not ours.</summary>
    private const int MaximumNames = 10_000;

    private const string PartialSuffix = ".partial";

    private readonly Stream _file;
    private readonly bool _replaces;
    private bool _closed;

    /// <exception cref="OutputException">The file cannot be made.</exception>
    public NdjsonFileSink(NdjsonFileSinkOptions options)
    {
        _replaces = options.Replace;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.Path))!);
            Path = _replaces ? options.Path : FreeName(options.Path);
            _file = new FileStream(
                _replaces ? Path + PartialSuffix : Path,
                _replaces ? FileMode.Create : FileMode.CreateNew,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(options.Path, failure);
        }
    }

    /// <summary>Over an open stream, so that tests can let the disk run full.</summary>
    internal NdjsonFileSink(string path, Stream file) => (Path, _file) = (path, file);

    /// <summary>The file that holds the events, when all is done.</summary>
    public string Path { get; }

    public SinkCounters Counters { get; } = new();

    /// <exception cref="OutputException">The disk is full or gone; the file ends with the last whole batch.</exception>
    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        long end = _file.Position;
        try
        {
            _file.Write(batch.Bytes.Span);
            Counters.Delivered(batch.Count, batch.Bytes.Length);
        }
        catch (IOException failure)
        {
            TakeBack(end);
            throw new OutputException(Path, failure);
        }
        finally
        {
            batch.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _file.Flush();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file; one that replaces another takes its place now.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _file.Dispose();
        if (_replaces)
        {
            File.Move(Path + PartialSuffix, Path, overwrite: true);
        }
    }

    /// <summary>Closes the file. One that was to replace another is thrown away, and the other stays; one of its own keeps the events that it has.</summary>
    public void Abandon()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _file.Dispose();
        if (_replaces)
        {
            File.Delete(Path + PartialSuffix);
        }
    }

    private static string FreeName(string path)
    {
        if (!File.Exists(path))
        {
            return path;
        }

        string stem = System.IO.Path.ChangeExtension(path, null);
        string extension = System.IO.Path.GetExtension(path);
        for (int number = 2; number < MaximumNames; number++)
        {
            string name = $"{stem}-{number}{extension}";
            if (!File.Exists(name))
            {
                return name;
            }
        }

        throw new IOException("no free file name left");
    }

    private void TakeBack(long end)
    {
        try
        {
            _file.SetLength(end);
            _file.Position = end;
        }
        catch (IOException)
        {
            // The disk is gone altogether; the first failure is the one that counts.
        }
    }
}
