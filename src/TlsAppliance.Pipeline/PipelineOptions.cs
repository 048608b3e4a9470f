using TlsAppliance.Events;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Reassembly;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Pipeline;

/// <summary>Bounds and switches of the engine. Options of the rooms below are contained, not repeated.</summary>
public sealed record PipelineOptions
{
    public EventOptions Events { get; init; } = new();

    /// <summary>Where <see cref="Events"/> come from when they may change while the engine runs; null: they do not.</summary>
    public EventOptionsSource? EventSource { get; init; }

    public TlsOptions Tls { get; init; } = new();

    public CertificateCacheOptions Certificates { get; init; } = new();

    public ReassemblyOptions Reassembly { get; init; } = new();

    /// <summary>Bounds of each shard's flow table. The timeout of unfinished handshakes is <see cref="TransactionTimeout"/>.</summary>
    public FlowOptions Flows { get; init; } = new();

    public FragmentOptions Fragments { get; init; } = new();

    /// <summary>Server or client port must be one of these; empty: TLS on any port.</summary>
    public IReadOnlyList<ushort> Ports { get; init; } = [];

    /// <value>10 s of packet time; matches Packetbeat's <c>transaction_timeout</c>.</value>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Each pass of a loop has new addresses, so that its sessions are new ones; else a pass repeats the one before.</summary>
    public bool UniqueFlows { get; init; }

    /// <summary>Shards, and so lanes. 0: one per core.</summary>
    public int Shards { get; init; }
}
