using System.Globalization;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Files;

/// <summary>
/// Writes events to NDJSON files. A file ends after a whole event at every moment: what could not be written in full is taken back. The first file exists from
/// the start, so a run without events leaves an empty one.
/// </summary>
public sealed class NdjsonFileSink : IEventSink, IDisposable
{
    /// <summary>Names tried before giving up; a directory with more runs in one second is not ours.</summary>
    private const int MaximumNames = 10_000;

    private const string PartialSuffix = ".partial";

    private readonly NdjsonFileSinkOptions _options;
    private readonly TimeProvider _time;
    private readonly Queue<string> _kept = new();
    private Stream _file;
    private FileReserve _reserve = new();

    /// <summary>When the file got its first events.</summary>
    private long _begun;
    private volatile bool _reopens;
    private bool _closed;

    /// <summary>Of the file's name; the first has none.</summary>
    private int _number = 1;

    /// <exception cref="OutputException">The file cannot be made.</exception>
    public NdjsonFileSink(NdjsonFileSinkOptions options, TimeProvider? time = null)
    {
        (_options, _time) = (options, time ?? TimeProvider.System);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.Path))!);
            Path = options.Replace ? options.Path : FreeName();
            _file = options.Replace ? Open(Path + PartialSuffix, FileMode.Create) : Open(Path, FileMode.CreateNew);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(options.Path, failure);
        }
    }

    /// <summary>Over an open stream, so that tests can let the disk run full.</summary>
    internal NdjsonFileSink(string path, Stream file)
    {
        (_options, _time) = (new NdjsonFileSinkOptions { Path = path }, TimeProvider.System);
        (Path, _file) = (path, file);
    }

    /// <summary>The file that holds the newest events, when all is done.</summary>
    public string Path { get; private set; }

    public SinkCounters Counters { get; } = new();

    /// <summary>
    /// Lets go of the file before the next events are written, and goes on in one of the same name: at its end when it is still there, anew when somebody has moved it
    /// away, as logrotate does. Any thread; for a signal.
    /// </summary>
    public void Reopen() => _reopens = true;

    /// <exception cref="OutputException">The disk is full or gone; the file ends with the last whole event that fitted.</exception>
    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        long end = _file.Position;
        try
        {
            Write(batch, ref end);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
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
        CloseFile();
        if (_options.Replace)
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
        if (_options.Replace)
        {
            File.Delete(Path + PartialSuffix);
        }
    }

    /// <summary>The first name from the number on that is not taken.</summary>
    private string FreeName()
    {
        string stem = System.IO.Path.ChangeExtension(_options.Path, null);
        string extension = System.IO.Path.GetExtension(_options.Path);
        for (int tried = 0; tried < MaximumNames; tried++, _number++)
        {
            string name = _number == 1 ? _options.Path : string.Create(CultureInfo.InvariantCulture, $"{stem}-{_number}{extension}");
            if (!File.Exists(name))
            {
                return name;
            }
        }

        throw new IOException("no free file name left");
    }

    /// <summary>The batch in as many pieces as there are files that it goes to; <paramref name="end"/> is where the file ends with a whole event.</summary>
    private void Write(EventBatch batch, ref long end)
    {
        FollowSignal(ref end);
        for (int first = 0; first < batch.Count;)
        {
            int next = Fitting(batch, first);
            if (next == first || IsOld())
            {
                Rotate(ref end);
                next = Fitting(batch, first);
            }

            _begun = _file.Position == 0 ? _time.GetTimestamp() : _begun;
            int start = batch.Entries[first].Offset;
            int stop = next < batch.Count ? batch.Entries[next].Offset : batch.Bytes.Length;
            if (_file is FileStream file)
            {
                _reserve.Prepare(file, end, stop - start);
            }

            FileSizeLimit.Write(_file, batch.Bytes.Span[start..stop]);
            end += stop - start;
            Counters.Delivered(next - first, stop - start, first == 0);
            first = next;
        }

        if (_options.Sync == FileSync.EveryBatch)
        {
            Sync();
        }
    }

    /// <summary>The first event behind those that still go into the file: at least one into an empty file.</summary>
    private int Fitting(EventBatch batch, int first)
    {
        if (_options.RotateBytes == 0 || _options.Replace)
        {
            return batch.Count;
        }

        long room = _options.RotateBytes - _file.Position;
        int start = batch.Entries[first].Offset;
        int next = first;
        while (next < batch.Count && batch.Entries[next].Offset + batch.Entries[next].Length + 1 - start <= room)
        {
            next++;
        }

        return next == first && _file.Position == 0 ? first + 1 : next;
    }

    private bool IsOld() =>
        _options.RotateInterval > TimeSpan.Zero && !_options.Replace && _file.Position > 0 && _time.GetElapsedTime(_begun) >= _options.RotateInterval;

    private void Rotate(ref long end)
    {
        CloseFile();
        _kept.Enqueue(Path);
        _number++;
        Path = FreeName();
        _file = Open(Path, FileMode.CreateNew);
        end = 0;
        while (_options.KeptFiles > 0 && _kept.Count >= _options.KeptFiles)
        {
            File.Delete(_kept.Dequeue());
        }
    }

    private void FollowSignal(ref long end)
    {
        if (!_reopens || _options.Replace)
        {
            return;
        }

        _reopens = false;
        CloseFile();
        _file = Open(Path, FileMode.OpenOrCreate);
        end = _file.Seek(0, SeekOrigin.End);
    }

    private FileStream Open(string path, FileMode mode) =>
        OwnedFiles.Open(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete, _options.Permissions);

    private void CloseFile()
    {
        if (_file is FileStream file)
        {
            _reserve.GiveBack(file);
            _reserve = new FileReserve();
        }

        if (_options.Sync != FileSync.Never)
        {
            Sync();
        }

        _file.Dispose();
    }

    private void Sync() => (_file as FileStream)?.Flush(flushToDisk: true);

    private void TakeBack(long end)
    {
        try
        {
            _file.SetLength(end);
            _file.Position = end;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The disk is gone altogether; the first failure is the one that counts.
        }
    }
}
