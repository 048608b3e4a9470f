namespace TlsAppliance.LoadTest.Generate;

/// <summary>What to generate. The same options give the same bytes.</summary>
internal sealed record LoadOptions
{
    public LoadProfile Profile { get; init; } = LoadProfile.EnterpriseMix;

    public required string Output { get; init; }

    /// <summary>File for one JSON line per TLS session, or null.</summary>
    public string? Truth { get; init; }

    /// <summary>Target size of the capture file in bytes.</summary>
    public long Size { get; init; } = 1_000_000_000;

    /// <summary>Stop after this many flows instead of at <see cref="Size"/>; 0: by size.</summary>
    public long Flows { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Server certificate chains: 200 favour a certificate cache, 3,000 do not.</summary>
    public int Servers { get; init; } = 200;

    public int Clients { get; init; } = 5_000;

    /// <summary>Handshake variants for each kind of session.</summary>
    public int Scripts { get; init; } = 48;

    /// <summary>Probability per frame of a reordering or a retransmission.</summary>
    public double Disturbance { get; init; } = 0.0015;

    /// <summary>Share of sessions of the mix that carry a longer transfer.</summary>
    public double LongTransfers { get; init; } = 0.42;

    /// <summary>Rate that the time stamps follow.</summary>
    public double GigabitsPerSecond { get; init; } = 4.0;

    /// <summary>Flows in flight; 0: as fits the profile.</summary>
    public int Concurrent { get; init; }
}
