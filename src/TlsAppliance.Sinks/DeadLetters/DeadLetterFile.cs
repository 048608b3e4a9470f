using System.Buffers;
using System.Globalization;

namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>
/// Dead letters as NDJSON, in files <c>dead-letters-N.ndjson</c> of one directory. Each write ends with a sync; a write that fails leaves no part of itself. Made for
/// one process at a time: the data directory's lock sees to it.
/// </summary>
public sealed class DeadLetterFile : IDeadLetters, IDisposable
{
    /// <summary>Letters of some hundred events are worth a sync.</summary>
    private const int WriteBytes = 1 << 20;

    private readonly DeadLetterOptions _options;
    private readonly long _fileBytes;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private FileStream? _file;
    private int _number;
    private long _written;
    private long _dropped;
    private long _deletedFiles;
    private long _bytes;

    /// <summary>Touches nothing on the disk before the first letter.</summary>
    public DeadLetterFile(DeadLetterOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _fileBytes = Math.Min(options.FileBytes, options.MaximumBytes / 4);
        foreach ((string _, int number, long length) in DeadLetterNames.List(options.Path))
        {
            _number = Math.Max(_number, number);
            _bytes += length;
        }
    }

    /// <summary>A copy, taken now.</summary>
    public DeadLetterState State => new(
        Interlocked.Read(ref _written), Interlocked.Read(ref _dropped), Interlocked.Read(ref _deletedFiles), Interlocked.Read(ref _bytes));

    /// <inheritdoc/>
    public async ValueTask<int> WriteAsync(ReadOnlyMemory<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Write(letters.Span);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(_file?.Name ?? _options.Path, failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _turn.Dispose();
    }

    private int Write(ReadOnlySpan<DeadLetter> letters)
    {
        DeleteOld();
        int written = 0;
        while (written < letters.Length)
        {
            int taken = Collect(letters[written..]);
            if (taken == 0)
            {
                break;
            }

            Append(_lines.WrittenSpan);
            written += taken;
        }

        Interlocked.Add(ref _written, written);
        Interlocked.Add(ref _dropped, letters.Length - written);
        return written;
    }

    /// <summary>Lines of the next letters, as many as go into a write and find room.</summary>
    private int Collect(ReadOnlySpan<DeadLetter> letters)
    {
        _lines.ResetWrittenCount();
        int taken = 0;
        foreach (ref readonly DeadLetter letter in letters)
        {
            int before = _lines.WrittenCount;
            DeadLetterJson.Write(_lines, letter);
            if (!HasRoom(_lines.WrittenCount))
            {
                KeepFirst(before);
                break;
            }

            taken++;
            if (_lines.WrittenCount >= WriteBytes)
            {
                break;
            }
        }

        return taken;
    }

    private void KeepFirst(int length)
    {
        byte[] kept = _lines.WrittenSpan[..length].ToArray();
        _lines.ResetWrittenCount();
        _lines.Write(kept);
    }

    private bool HasRoom(int bytes)
    {
        while (_bytes + bytes > _options.MaximumBytes)
        {
            if (_options.WhenFull == DeadLetterPolicy.DropNewer || !TryDeleteOldest())
            {
                return false;
            }
        }

        return true;
    }

    private void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is not null && _file.Length + lines.Length > _fileBytes)
        {
            Close();
        }

        _file ??= Create();
        long end = _file.Length;
        try
        {
            FileSizeLimit.Write(_file.SafeFileHandle, lines, end);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
        }
        catch (IOException)
        {
            TakeBack(end);
            throw;
        }

        Interlocked.Add(ref _bytes, lines.Length);
    }

    private FileStream Create()
    {
        OwnedFiles.MakeDirectory(_options.Path);
        string path = Path.Combine(_options.Path, DeadLetterNames.Of(_number + 1));
        FileStream file = OwnedFiles.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _number++;
        return file;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private void TakeBack(long end)
    {
        try
        {
            _file!.SetLength(end);
        }
        catch (IOException)
        {
            // Then the file ends in the midst of a letter, which readers skip; what follows begins another.
            Close();
        }
    }

    private void DeleteOld()
    {
        if (_options.MaximumAge == TimeSpan.Zero)
        {
            return;
        }

        DateTime oldest = (_time.GetUtcNow() - _options.MaximumAge).UtcDateTime;
        foreach ((string path, int number, long length) in DeadLetterNames.List(_options.Path))
        {
            if (File.GetLastWriteTimeUtc(path) < oldest)
            {
                Delete(path, number, length);
            }
        }
    }

    private bool TryDeleteOldest()
    {
        IReadOnlyList<(string Path, int Number, long Length)> files = DeadLetterNames.List(_options.Path);
        if (files.Count == 0)
        {
            return false;
        }

        (string path, int number, long length) = files[0];
        Delete(path, number, length);
        return true;
    }

    private void Delete(string path, int number, long length)
    {
        if (number == _number)
        {
            Close();
        }

        File.Delete(path);
        Interlocked.Increment(ref _deletedFiles);
        Interlocked.Add(ref _bytes, -length);
    }
}
