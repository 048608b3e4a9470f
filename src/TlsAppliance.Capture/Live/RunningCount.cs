namespace TlsAppliance.Capture.Live;

/// <summary>A 32-bit counter of libpcap that wraps (every 71 minutes at a million frames a second), as one that does not.</summary>
internal struct RunningCount
{
    private uint _last;

    public long Total { get; private set; }

    /// <summary>Takes the counter's present value; it must be asked more often than it wraps.</summary>
    public void Take(uint value)
    {
        Total += unchecked(value - _last);
        _last = value;
    }
}
