namespace TlsAppliance.Capture.Live;

/// <summary>How one interface is captured.</summary>
public sealed record LiveCaptureOptions
{
    /// <summary>The largest snapshot length that is believed, as in libpcap.</summary>
    public const int MaximumSnapLength = 262_144;

    /// <summary>Name of the interface.</summary>
    public required string Interface { get; init; }

    public LiveCaptureType Type { get; init; } = LiveCaptureType.AfPacket;

    /// <value>65,535 bytes of a frame are taken at most; matches Packetbeat's <c>snaplen</c>.</value>
    public int SnapLength { get; init; } = 65_535;

    /// <summary>Bytes of the ring that the kernel fills, of each capture thread.</summary>
    /// <value>30 MiB; matches Packetbeat's <c>buffer_size_mb</c>.</value>
    public long BufferBytes { get; init; } = 30L << 20;

    /// <summary>In the language of pcap-filter(7); empty: every frame.</summary>
    public string Filter { get; init; } = string.Empty;

    /// <summary>Takes frames for other addresses, too.</summary>
    public bool Promiscuous { get; init; } = true;

    /// <summary>Leaves out what this host itself sends.</summary>
    public bool IgnoreOutgoing { get; init; }

    /// <summary>Times of the card, where it was told to take them; else those of the kernel.</summary>
    public bool HardwareTimestamps { get; init; }

    /// <summary>A frame waits so long at most before it is handed over.</summary>
    /// <value>20 ms: a ring of 30 MiB then holds more than two seconds of thin traffic.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Captures of this interface that share its connections between them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Number of the fanout group; null: one that nobody has. Processes with the same number share the connections of an interface.</summary>
    public ushort? FanoutGroup { get; init; }
}
