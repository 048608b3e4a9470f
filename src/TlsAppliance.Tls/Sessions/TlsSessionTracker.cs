using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Sessions;

/// <summary>Turns the ordered bytes of both directions of one connection into a <see cref="TlsSession"/>. Not thread-safe; owned by one shard.</summary>
public sealed class TlsSessionTracker
{
    /// <summary>Options, buffers and certificates are those of the shard and shared by its trackers.</summary>
    public TlsSessionTracker(TlsOptions options, HandshakeBufferPool buffers, CertificateCache certificates)
    {
        _ = options;
        _ = buffers;
        _ = certificates;
    }

    /// <summary>A tracker on its own, with default bounds.</summary>
    public TlsSessionTracker()
        : this(new TlsOptions(), new HandshakeBufferPool(), new CertificateCache())
    {
    }

    /// <summary>The session as known so far.</summary>
    public TlsSession Session { get; } = new();

    public TrackerStatus Status { get; private set; }

    /// <summary>True when enough was seen for an event: a hello, a certificate or an alert.</summary>
    public bool HasEvent => false;

    /// <summary>Gives back all buffers and begins a new connection.</summary>
    public void Reset() => Status = TrackerStatus.Undecided;

    /// <summary>True while the bytes of that direction can still change the session.</summary>
    public bool Wants(bool fromOriginator) => true;

    /// <summary>The next bytes of one direction, in order. <paramref name="time"/>: ns since 1970-01-01T00:00:00Z of the frame that completed them.</summary>
    public TrackerStatus OnBytes(bool fromOriginator, ReadOnlySpan<byte> bytes, long time) => Status;

    /// <summary>A hole of <paramref name="missing"/> bytes in one direction.</summary>
    public TrackerStatus OnGap(bool fromOriginator, long missing, long time) => Status;

    /// <summary>The connection is over or given up: settles roles, version and resumption, so that <see cref="Session"/> can be rendered.</summary>
    public void Finish()
    {
    }
}
