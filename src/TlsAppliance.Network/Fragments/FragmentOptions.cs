namespace TlsAppliance.Network.Fragments;

/// <summary>Bounds of the fragment reassembler. What exceeds them is evicted, the oldest datagram first, and counted.</summary>
public sealed record FragmentOptions
{
    /// <summary>Unfinished datagrams at a time.</summary>
    /// <value>8,192.</value>
    public int MaximumDatagrams { get; init; } = 8192;

    /// <summary>Fragments of one datagram. Enough for 64 KiB in pieces of 64 bytes.</summary>
    /// <value>1,024.</value>
    public int MaximumFragmentsPerDatagram { get; init; } = 1024;

    /// <summary>Bytes of buffers in use by all unfinished datagrams.</summary>
    /// <value>32 MiB, as Suricata's <c>defrag.memcap</c>.</value>
    public long MaximumBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Packet time that a datagram may take from its first fragment seen to its last.</summary>
    /// <value>30 seconds, as Linux' <c>ipfrag_time</c>.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
