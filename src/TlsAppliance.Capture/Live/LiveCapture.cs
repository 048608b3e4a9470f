using TlsAppliance.Capture.Live.Filters;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>One interface with its capture threads. Each thread's capture can be opened again and again; together they share the interface's connections.</summary>
public sealed class LiveCapture
{
    private readonly FanoutGroup? _fanout;
    private readonly ushort _ordinal;

    /// <summary>The newest ring of each thread. What has ended stays here until the thread opens its next one.</summary>
    private readonly Dictionary<int, PacketRing> _rings = [];

    /// <summary>A capture is opened with the filter that is in force, or is there when that changes.</summary>
    private readonly Lock _gate = new();

    /// <param name="options">How it is captured.</param>
    /// <param name="ordinal">Ordinal of the interface among all that are captured.</param>
    public LiveCapture(LiveCaptureOptions options, ushort ordinal = 0)
    {
        (Options, _ordinal) = (options, ordinal);
        _fanout = options.Threads > 1 || options.FanoutGroup is not null ? new FanoutGroup(options.FanoutGroup) : null;
    }

    public LiveCaptureOptions Options { get; private set; }

    /// <summary>Opens the capture of one thread. Throws <see cref="LiveCaptureException"/> when that cannot be done (now).</summary>
    public ILiveSource Open(int thread)
    {
        lock (_gate)
        {
            return Options.Type == LiveCaptureType.AfPacket
                ? _rings[thread] = PacketRing.Open(Options, _fanout, _ordinal, countsInterface: thread == 0)
                : PcapSource.Open(Options, _fanout, _ordinal, countsInterface: thread == 0, TimeProvider.System);
        }
    }

    /// <summary>Another filter, in force for every frame that comes after the return, and for captures that are opened later. Any thread.</summary>
    /// <exception cref="LiveCaptureException">It is no filter for this interface, or libpcap captures, which drops everything while it exchanges one: what was in force stays.</exception>
    public void ChangeFilter(string filter)
    {
        if (Options.Type != LiveCaptureType.AfPacket)
        {
            throw new LiveCaptureException(LiveCaptureFailure.Refused, "libpcap would lose frames; it takes another filter at the next start");
        }

        lock (_gate)
        {
            try
            {
                BpfInstruction[] program = CaptureFilter.Compile(filter, Options.Interface, Options.SnapLength);
                foreach (PacketRing ring in _rings.Values)
                {
                    ring.ChangeFilter(program);
                }
            }
            catch (LiveCaptureException failure) when (failure.Failure != LiveCaptureFailure.BadFilter)
            {
                // The interface is away: there is no capture now, and the next one has the new filter.
            }

            Options = Options with { Filter = filter };
        }
    }
}
