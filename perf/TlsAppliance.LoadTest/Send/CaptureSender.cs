using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.LoadTest.Send;

/// <summary>Puts the frames of a source on an interface, in its order and at its pace.</summary>
internal sealed class CaptureSender(PacketSocket socket)
{
    private long _start;
    private long _bytes;
    private long _otherLinks;

    /// <summary>Added to the addresses of every frame of the next passes; see <see cref="FrameDisplacement"/>.</summary>
    private int _distance;

    /// <summary>Sends to the end of the source.</summary>
    /// <param name="source">Where the frames come from.</param>
    /// <param name="displacement">
    /// By how much the addresses of a pass differ from those of the one before, 0: not at all. <paramref name="keepsBytes"/> says whether the source hands out
    /// the bytes that we changed (true), or fresh ones.
    /// </param>
    /// <param name="keepsBytes">See <paramref name="displacement"/>.</param>
    /// <param name="stop">Ends it between two blocks.</param>
    public void Send(ICaptureSource source, int displacement, bool keepsBytes, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && source.TryRead(out FrameRun run))
        {
            _start = _start == 0 ? Stopwatch.GetTimestamp() : _start;
            Send(run);
            run.Block.Release();
            if (run.EndsSegment)
            {
                _distance = keepsBytes ? displacement : _distance + displacement;
            }
        }
    }

    private unsafe void Send(FrameRun run)
    {
        fixed (byte* buffer = run.Block.Buffer)
        {
            foreach (ref readonly FrameRecord record in run.Block.Records.Slice(run.Start, run.Count))
            {
                if (record.LinkType != LinkType.Ethernet)
                {
                    _otherLinks++;
                    continue;
                }

                if (_distance != 0)
                {
                    FrameDisplacement.Apply(new Span<byte>(buffer + record.Offset, record.Length), _distance);
                }

                socket.Add(buffer + record.Offset, record.Length);
                _bytes += record.Length;
            }

            socket.Flush();
        }
    }

    public override string ToString()
    {
        double seconds = _start == 0 ? 0 : Stopwatch.GetElapsedTime(_start).TotalSeconds;
        long sent = socket.Sent, bytes = _bytes - socket.TooLongBytes;
        double perSecond = seconds > 0 ? 1 / seconds : 0;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{sent} frames, {bytes} bytes, {seconds:F3} s, {sent * perSecond / 1e3:F1} kpps, {bytes * 8 * perSecond / 1e9:F3} Gbit/s");
        text += Skipped(socket.TooLong, "longer than the interface takes");
        return text + Skipped(_otherLinks, "not of Ethernet");
    }

    private static string Skipped(long frames, string why) =>
        frames == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; not sent: {frames} frames {why}");
}
