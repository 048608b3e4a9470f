using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline.Shards;

/// <summary>Trackers of a shard, and what they share. A tracker is in use only between a flow's first payload and its end.</summary>
internal sealed class TrackerPool
{
    /// <summary>More idle trackers than this are left to the garbage collector.</summary>
    private const int MaximumIdle = 4096;

    private readonly TlsOptions _options;
    private readonly HandshakeBufferPool _buffers = new();
    private readonly SessionLists _lists = new();
    private readonly CertificateCache _certificates;
    private readonly Stack<TlsSessionTracker> _idle = new();

    public TrackerPool(TlsOptions options, CertificateCacheOptions certificates)
    {
        _options = options;
        _certificates = new CertificateCache(certificates);
    }

    public CertificateCache Certificates => _certificates;

    public TlsSessionTracker Rent() => _idle.TryPop(out TlsSessionTracker? tracker) ? tracker : new TlsSessionTracker(_options, _buffers, _certificates, _lists);

    public void Return(TlsSessionTracker tracker)
    {
        tracker.Reset();
        if (_idle.Count < MaximumIdle)
        {
            _idle.Push(tracker);
        }
    }
}
