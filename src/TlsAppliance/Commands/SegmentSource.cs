using TlsAppliance.Network.Frames;

namespace TlsAppliance.Commands;

/// <summary>Shows one segment of another source at a time: it ends where the segment ends, and begins again with the next.</summary>
internal sealed class SegmentSource(ICaptureSource segments) : ICaptureSource
{
    private bool _atEnd;

    public long BytesRead => segments.BytesRead;

    public long BytesTotal => segments.BytesTotal;

    public bool MayWait => segments.MayWait;

    public IReadOnlyList<CaptureFault> Faults => segments.Faults;

    public bool TryRead(out FrameRun run)
    {
        if (_atEnd)
        {
            _atEnd = false;
            run = default;
            return false;
        }

        bool read = segments.TryRead(out run);
        _atEnd = read && run.EndsSegment;
        return read;
    }

    public void Dispose() => segments.Dispose();
}
