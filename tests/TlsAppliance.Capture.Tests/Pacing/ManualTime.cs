namespace TlsAppliance.Capture.Tests.Pacing;

/// <summary>A clock that moves when it is told to; 10 ticks are a microsecond, as of the real one's coarsest kind.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => TimeSpan.FromTicks(_ticks);

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
