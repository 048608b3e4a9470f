namespace TlsAppliance.Network.Flows;

/// <summary>Bounds of the flow table.</summary>
public sealed record FlowOptions
{
    /// <summary>Flows of one shard at a time; when one more comes, the longest idle of the cheapest class makes room.</summary>
    /// <value>1,048,576. The table starts small and grows to this.</value>
    public int MaximumFlows { get; init; } = 1024 * 1024;

    public FlowTimeouts Timeouts { get; init; } = new();
}
