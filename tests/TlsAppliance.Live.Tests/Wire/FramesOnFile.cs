using TlsAppliance.Network.Frames;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>Frames as a file would have them that was captured from a fast wire: a microsecond apart.</summary>
internal sealed class FramesOnFile(byte[][] frames) : ICaptureSource
{
    private const long Start = 1_700_000_000_000_000_000;
    private const long Distance = 1000;

    private bool _isRead;

    public long BytesRead => 0;

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => [];

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_isRead)
        {
            return false;
        }

        _isRead = true;
        var block = new FrameBlock(frames.Sum(frame => frame.Length), frames.Length);
        block.Reset();
        int offset = 0;
        foreach (byte[] frame in frames)
        {
            frame.CopyTo(block.Buffer, offset);
            block.Add(new FrameRecord
            {
                Timestamp = Start + block.Count * Distance,
                Offset = offset,
                Length = frame.Length,
                WireLength = frame.Length,
                LinkType = LinkType.Ethernet,
            });
            offset += frame.Length;
        }

        run = new FrameRun(block, 0, block.Count);
        return true;
    }

    public void Dispose()
    {
    }
}
