using TlsAppliance.Capture.Live;

namespace TlsAppliance.Configuration;

/// <summary>One item of <c>packetbeat.interfaces</c>: which interfaces, and how they are captured.</summary>
internal sealed record InterfaceOptions
{
    private const int BytesPerMegabyte = 1 << 20;

    /// <summary>A name, a number as <c>devices</c> shows it, <c>any</c>, or <c>default_route</c>.</summary>
    public string Device { get; init; } = "any";

    public LiveCaptureType Type { get; init; } = LiveCaptureType.AfPacket;

    public int SnapLength { get; init; } = 65_535;

    public int BufferMegabytes { get; init; } = 30;

    /// <summary>A filter, or <c>@FILE</c> that holds one.</summary>
    public string Filter { get; init; } = string.Empty;

    public bool Promiscuous { get; init; } = true;

    public bool IgnoreOutgoing { get; init; }

    /// <summary>-1: one that nobody has.</summary>
    public int FanoutGroup { get; init; } = -1;

    public int Threads { get; init; } = 1;

    /// <param name="name">The interface that <see cref="Device"/> turned out to be.</param>
    /// <param name="filter">The filter in force.</param>
    /// <param name="common">What is the same for all interfaces.</param>
    public LiveCaptureOptions ToCaptureOptions(string name, string filter, CaptureOptions common) => new()
    {
        Interface = name,
        Type = Type,
        SnapLength = SnapLength,
        BufferBytes = (long)BufferMegabytes * BytesPerMegabyte,
        Filter = filter,
        Promiscuous = Promiscuous,
        IgnoreOutgoing = IgnoreOutgoing,
        HardwareTimestamps = common.HardwareTimestamps,
        Latency = common.Latency,
        Threads = Threads,
        FanoutGroup = FanoutGroup < 0 ? null : (ushort)FanoutGroup,
    };
}
