using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Merging;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture;

/// <summary>
/// All inputs as one time line. Each file keeps its own order; a frame stands where the latest time met in its file so far puts it, ties go by
/// input order. A file is opened when its first frame is due, so files that do not overlap are read one after the other and cost no comparison.
/// At most <see cref="MaximumOpenFiles"/> are open: when more overlap, the next waits until one ends, and its frames come late.
/// </summary>
public sealed class MergedCaptureSource : ICaptureSource
{
    /// <summary>Files being merged at once; each holds one block in memory.</summary>
    public const int MaximumOpenFiles = 64;

    /// <summary>Enough to find the first frame of most files with one small read.</summary>
    private const int PeekBlockSize = 16 << 10;

    private readonly CaptureInputs _inputs;
    private readonly FrameBlockPool _pool;
    private readonly CancellationToken _cancellation;
    private readonly List<CaptureFault> _faults;

    /// <summary>Files whose first frame is not due yet, the next one first.</summary>
    private readonly Queue<MergedFile> _waiting = new();
    private readonly List<MergedFile> _open = new(MaximumOpenFiles);

    /// <summary>The file that the last run came from. It is loaded at the next call, so that a slow pipe does not hold back frames that are here.</summary>
    private MergedFile? _last;

    private bool _isPrepared;
    private long _bytesRead;

    /// <param name="inputs">What to read.</param>
    /// <param name="cancellation">Ends the input while a pipe is waited for.</param>
    public MergedCaptureSource(CaptureInputs inputs, CancellationToken cancellation = default)
        : this(inputs, new FrameBlockPool(), cancellation)
    {
    }

    internal MergedCaptureSource(CaptureInputs inputs, FrameBlockPool pool, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _inputs = inputs;
        _pool = pool;
        _faults = [.. inputs.Faults];
    }

    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesTotal => _inputs.TotalLength;

    public bool MayWait => _last is { MayWait: true };

    public IReadOnlyList<CaptureFault> Faults => _faults;

    public bool TryRead(out FrameRun run)
    {
        Prepare();
        if (_last is not null && !TryLoad(_last))
        {
            _open.Remove(_last);
        }

        _last = OpenUntilEarliest(out TimeLineKey limit);
        run = _last?.Take(limit) ?? default;
        return _last is not null;
    }

    /// <summary>Sorts the files by the time of their first frame. A single input needs no such look.</summary>
    private void Prepare()
    {
        if (_isPrepared)
        {
            return;
        }

        _isPrepared = true;
        List<MergedFile> files = FilesWithFrames();
        foreach (MergedFile file in files.Count > 1 ? files.OrderBy(file => file.Head) : (IEnumerable<MergedFile>)files)
        {
            _waiting.Enqueue(file);
        }
    }

    private List<MergedFile> FilesWithFrames()
    {
        List<MergedFile> files = new(_inputs.Files.Count);
        FrameBlockPool peekPool = new(Math.Min(PeekBlockSize, _pool.BlockSize));
        for (int input = 0; input < _inputs.Files.Count; input++)
        {
            MergedFile file = new(_inputs.Files[input], input, _pool, _cancellation);
            if (_inputs.Files.Count == 1 || HasFrames(file, peekPool))
            {
                files.Add(file);
            }
        }

        return files;
    }

    private bool HasFrames(MergedFile file, FrameBlockPool peekPool)
    {
        bool hasFrames = file.TryPeek(peekPool, out CaptureFault? fault);
        if (fault is not null)
        {
            _faults.Add(fault);
        }

        return hasFrames;
    }

    private bool TryLoad(MergedFile file)
    {
        long before = file.Reader.StoredBytesRead;
        bool isLoaded = file.TryLoad();
        Volatile.Write(ref _bytesRead, _bytesRead + file.Reader.StoredBytesRead - before);
        if (!isLoaded && file.Reader.Fault is not null)
        {
            _faults.Add(file.Reader.Fault);
        }

        return isLoaded;
    }

    /// <summary>The file with the next frame, and the key of the frame at which another file's turn comes.</summary>
    private MergedFile? OpenUntilEarliest(out TimeLineKey limit)
    {
        while (true)
        {
            MergedFile? earliest = FindEarliest(out limit);
            if (_waiting.Count == 0 || _open.Count == MaximumOpenFiles)
            {
                return earliest;
            }

            TimeLineKey next = _waiting.Peek().Head;
            if (earliest is not null && earliest.Head < next)
            {
                limit = next < limit ? next : limit;
                return earliest;
            }

            OpenNext();
        }
    }

    private MergedFile? FindEarliest(out TimeLineKey second)
    {
        MergedFile? earliest = null;
        second = TimeLineKey.End;
        foreach (MergedFile file in _open)
        {
            if (earliest is null || file.Head < earliest.Head)
            {
                second = earliest?.Head ?? second;
                earliest = file;
            }
            else if (file.Head < second)
            {
                second = file.Head;
            }
        }

        return earliest;
    }

    private void OpenNext()
    {
        MergedFile file = _waiting.Dequeue();
        if (TryLoad(file))
        {
            _open.Add(file);
        }
    }

    public void Dispose()
    {
        foreach (MergedFile file in _open.Concat(_waiting))
        {
            file.Dispose();
        }

        _open.Clear();
        _waiting.Clear();
        _last = null;
    }
}
