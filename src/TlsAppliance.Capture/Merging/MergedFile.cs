using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Merging;

/// <summary>One file on its way through the merge: waiting with the time of its first frame, then open with a block in hand.</summary>
internal sealed class MergedFile : IDisposable
{
    private readonly CaptureInput _file;
    private readonly int _input;
    private FrameBlock? _block;
    private int _position;
    private long _runningMaximum = long.MinValue;

    public MergedFile(CaptureInput file, int input, FrameBlockPool pool, CancellationToken cancellation)
    {
        _file = file;
        _input = input;
        Reader = new CaptureFileReader(file, pool, cancellation);
        Head = new TimeLineKey(long.MinValue, input);
    }

    public CaptureFileReader Reader { get; }

    /// <summary>True when the next block may have to wait for another process.</summary>
    public bool MayWait => _block is null && !_file.CanBeReadAgain;

    /// <summary>Of the next frame.</summary>
    public TimeLineKey Head { get; private set; }

    /// <summary>
    /// Learns the time of the first frame. A file is closed again; what can be read only once stays open with its first block.
    /// False when there is no frame, and then <paramref name="fault"/> says why if something is wrong.
    /// </summary>
    public bool TryPeek(FrameBlockPool pool, out CaptureFault? fault)
    {
        if (!_file.CanBeReadAgain)
        {
            bool isLoaded = TryLoad();
            fault = isLoaded ? null : Reader.Fault;
            return isLoaded;
        }

        using CaptureFileReader reader = new(_file, pool);
        if (!reader.TryRead(out FrameBlock? block))
        {
            fault = reader.Fault;
            return false;
        }

        Head = new TimeLineKey(block.Records[0].Timestamp, _input);
        block.Release();
        fault = null;
        return true;
    }

    /// <summary>Makes sure that there is a next frame; false at the end of the file.</summary>
    public bool TryLoad()
    {
        if (_block is not null)
        {
            return true;
        }

        if (!Reader.TryRead(out _block))
        {
            return false;
        }

        _position = 0;
        AdvanceHead(_block.Records[0].Timestamp);
        return true;
    }

    private void AdvanceHead(long timestamp)
    {
        _runningMaximum = Math.Max(_runningMaximum, timestamp);
        Head = new TimeLineKey(_runningMaximum, _input);
    }

    /// <summary>Hands over the next frames up to the first that belongs behind <paramref name="limit"/>: at least one, and all of the block when it can.</summary>
    public FrameRun Take(TimeLineKey limit)
    {
        FrameBlock block = _block!;
        int start = _position;
        _position = limit == TimeLineKey.End ? block.Count : FindEnd(block.Records, limit);
        if (_position == block.Count)
        {
            _block = null; // The receiver gets the reference that the reader gave.
        }
        else
        {
            block.Retain();
        }

        return new FrameRun(block, start, _position - start, _input);
    }

    private int FindEnd(ReadOnlySpan<FrameRecord> records, TimeLineKey limit)
    {
        for (int i = _position + 1; i < records.Length; i++)
        {
            AdvanceHead(records[i].Timestamp);
            if (Head > limit)
            {
                return i;
            }
        }

        return records.Length;
    }

    public void Dispose()
    {
        _block?.Release();
        _block = null;
        Reader.Dispose();
    }
}
