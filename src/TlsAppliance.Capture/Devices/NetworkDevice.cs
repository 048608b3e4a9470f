using System.Net;

namespace TlsAppliance.Capture.Devices;

/// <summary>A network interface as the kernel describes it; reading it takes no privilege.</summary>
public sealed record NetworkDevice
{
    public required string Name { get; init; }

    public required int Index { get; init; }

    /// <summary>An operator switched it on.</summary>
    public bool IsUp { get; init; }

    /// <summary>There is a link: the other side is there.</summary>
    public bool HasCarrier { get; init; }

    public bool IsLoopback { get; init; }

    /// <summary>Takes frames for other addresses too, on the wish of an operator or of a program that captures.</summary>
    public bool IsPromiscuous { get; init; }

    /// <summary>Longest payload of a frame, in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Megabits per second; null when the driver does not say.</summary>
    public int? Speed { get; init; }

    /// <summary><c>ixgbe</c>, <c>veth</c>; null when there is none, as for loopback.</summary>
    public string? Driver { get; init; }

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public ReceiveCounters Received { get; init; }

    /// <summary>What <c>device: any</c> stands for: every interface that is up, but loopback.</summary>
    public bool IsTakenByAny => IsUp && !IsLoopback;
}
