namespace TlsAppliance.Sessions;

/// <summary>Reads NDJSON line by line in bounded memory.</summary>
internal sealed class EventFileReader(string path)
{
    /// <summary>No event comes near; a longer line is no event of ours.</summary>
    private const int MaximumLine = 16 << 20;

    private const int FirstBuffer = 64 << 10;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private long _line;
    private long _bad;
    private long _firstBad;

    /// <summary>Hands over each line; null when all was well, else one line about what was not.</summary>
    /// <param name="take">False: the line is no event.</param>
    public string? Read(Func<ReadOnlyMemory<byte>, bool> take)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            ReadLines(file, take);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot read {path}: {failure.Message}";
        }

        return _bad == 0 ? null : $"{path}:{_firstBad}: not an event{(_bad > 1 ? $", nor are {_bad - 1} more lines" : "")}; all others were read";
    }

    private void ReadLines(FileStream file, Func<ReadOnlyMemory<byte>, bool> take)
    {
        bool tooLong = false;
        while (TryFill(file, ref tooLong))
        {
            for (int feed = NextFeed(); feed >= 0; feed = NextFeed())
            {
                TakeLine(_start + feed, take, tooLong);
                tooLong = false;
                _start += feed + 1;
            }
        }

        if (_start < _end || tooLong)
        {
            TakeLine(_end, take, tooLong);
        }
    }

    private int NextFeed() => _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');

    /// <summary>Keeps the unfinished line, grows the buffer up to the bound, and drops what is beyond it.</summary>
    private bool TryFill(FileStream file, ref bool tooLong)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        if (_end == MaximumLine)
        {
            (_end, tooLong) = (0, true);
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private void TakeLine(int end, Func<ReadOnlyMemory<byte>, bool> take, bool tooLong)
    {
        _line++;
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, end - _start);
        if (!line.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r') && !tooLong)
        {
            return;
        }

        if (tooLong || !take(line))
        {
            _firstBad = _bad++ == 0 ? _line : _firstBad;
        }
    }
}
