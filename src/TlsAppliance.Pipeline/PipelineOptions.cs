using TlsAppliance.Events;

namespace TlsAppliance.Pipeline;

/// <summary>Bounds and switches of the engine. Options of the rooms below are contained, not repeated.</summary>
public sealed record PipelineOptions
{
    public EventOptions Events { get; init; } = new();

    /// <summary>Server or client port must be one of these; empty: TLS on any port.</summary>
    public IReadOnlyList<ushort> Ports { get; init; } = [];

    /// <value>10 s of packet time; matches Packetbeat's <c>transaction_timeout</c>.</value>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
