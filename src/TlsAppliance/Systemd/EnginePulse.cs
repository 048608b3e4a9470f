using TlsAppliance.Pipeline.Diagnostics;

namespace TlsAppliance.Systemd;

/// <summary>Feels whether the engine moves: asks it for a snapshot, and expects all shards to have read the last one after a while.</summary>
internal sealed class EnginePulse(PipelineStatus status, TimeProvider time)
{
    /// <summary>A shard that works for so long on what it has is taken for one that hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private long _beat = -1;
    private long _since = time.GetTimestamp();

    /// <summary>To be asked more often than the patience lasts.</summary>
    public bool HasStopped()
    {
        lock (_lock)
        {
            long beat = status.Heartbeat();
            if (beat != _beat)
            {
                (_beat, _since) = (beat, time.GetTimestamp());
            }

            status.RequestSnapshot();
            return time.GetElapsedTime(_since) >= s_patience;
        }
    }
}
