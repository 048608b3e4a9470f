using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>One interface with its capture threads. Each thread's capture can be opened again and again; together they share the interface's connections.</summary>
public sealed class LiveCapture
{
    private readonly FanoutGroup? _fanout;
    private readonly ushort _ordinal;

    /// <param name="options">How it is captured.</param>
    /// <param name="ordinal">Ordinal of the interface among all that are captured.</param>
    public LiveCapture(LiveCaptureOptions options, ushort ordinal = 0)
    {
        (Options, _ordinal) = (options, ordinal);
        _fanout = options.Threads > 1 || options.FanoutGroup is not null ? new FanoutGroup(options.FanoutGroup) : null;
    }

    public LiveCaptureOptions Options { get; }

    /// <summary>Opens the capture of one thread. Throws <see cref="LiveCaptureException"/> when that cannot be done (now).</summary>
    public ILiveSource Open(int thread) => Options.Type == LiveCaptureType.AfPacket
        ? PacketRing.Open(Options, _fanout, _ordinal, countsInterface: thread == 0)
        : PcapSource.Open(Options, _fanout, _ordinal, countsInterface: thread == 0, TimeProvider.System);
}
