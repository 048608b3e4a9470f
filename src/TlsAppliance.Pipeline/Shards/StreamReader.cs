using TlsAppliance.Network.Reassembly;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>Joins one direction of a flow to its tracker: the only place where TCP bytes become TLS bytes.</summary>
internal readonly struct StreamReader : IStreamConsumer
{
    private readonly TlsSessionTracker _tracker;
    private readonly bool _fromOriginator;
    private readonly long _time;

    /// <param name="tracker">The flow's tracker.</param>
    /// <param name="fromOriginator">Which direction this is.</param>
    /// <param name="time">Capture time of the frame that put the bytes in order, ns since 1970.</param>
    public StreamReader(TlsSessionTracker tracker, bool fromOriginator, long time)
    {
        _tracker = tracker;
        _fromOriginator = fromOriginator;
        _time = time;
    }

    public bool OnBytes(ReadOnlySpan<byte> bytes) =>
        _tracker.OnBytes(_fromOriginator, bytes, _time) is TrackerStatus.Undecided or TrackerStatus.Handshake && _tracker.Wants(_fromOriginator);

    public void OnGap(long missing) => _tracker.OnGap(_fromOriginator, missing, _time);
}
