namespace TlsAppliance.Configuration;

/// <summary>What is the same for all interfaces: <c>tls_appliance.capture</c>.</summary>
internal sealed record CaptureOptions
{
    /// <summary>A frame waits so long at most before it is read.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    public bool HardwareTimestamps { get; init; }

    /// <summary>A list of ports becomes a filter of the kernel's.</summary>
    public bool FilterPorts { get; init; } = true;
}
