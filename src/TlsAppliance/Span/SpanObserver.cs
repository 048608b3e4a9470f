using System.Net;
using TlsAppliance.Capture.Devices;
using TlsAppliance.Capture.Live;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;

namespace TlsAppliance.Span;

/// <summary>Captures on an interface for a while and hands the frames to a survey.</summary>
internal static class SpanObserver
{
    /// <summary>A survey must not lose what it wants to judge.</summary>
    private const long BufferBytes = 64L << 20;

    /// <param name="device">Interface.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="LiveCaptureException">It cannot be captured.</exception>
    public static SpanReading Observe(string device, TimeSpan duration, CancellationToken stop)
    {
        var survey = new SpanSurvey(OwnAddresses());
        using ILiveSource source = new LiveCapture(new LiveCaptureOptions { Interface = device, BufferBytes = BufferBytes }).Open(0);
        long start = TimeProvider.System.GetTimestamp();
        TimeSpan time = TimeSpan.Zero;
        bool stopped = false;
        while (source.TryRead(out FrameRun run))
        {
            survey.Look(run);
            run.Block.Release();
            if (!stopped && (TimeProvider.System.GetElapsedTime(start) >= duration || stop.IsCancellationRequested))
            {
                source.Stop();
                time = TimeProvider.System.GetElapsedTime(start);
                stopped = true;
            }
        }

        return new SpanReading(device, stopped ? time : TimeProvider.System.GetElapsedTime(start), survey.Figures(), source.Counters);
    }

    private static HashSet<UInt128> OwnAddresses() =>
        [.. NetworkDevices.List().SelectMany(device => device.Addresses).Select(address => new UInt128(High(address), Low(address)))];

    private static ulong High(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(address.MapToIPv6().GetAddressBytes());

    private static ulong Low(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(address.MapToIPv6().GetAddressBytes().AsSpan(sizeof(ulong)));
}
