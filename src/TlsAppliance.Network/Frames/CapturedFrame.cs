namespace TlsAppliance.Network.Frames;

/// <summary>One frame as captured: borrowed bytes, valid only during the call that hands it over.</summary>
public readonly ref struct CapturedFrame
{
    public CapturedFrame(ReadOnlySpan<byte> bytes, long timestamp, int wireLength, LinkType linkType, ushort captureInterface = 0)
    {
        Bytes = bytes;
        Timestamp = timestamp;
        WireLength = wireLength;
        LinkType = linkType;
        Interface = captureInterface;
    }

    /// <summary>The captured bytes; fewer than <see cref="WireLength"/> when the capture had a snapshot length.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Capture time in nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long Timestamp { get; }

    /// <summary>Length on the wire in bytes.</summary>
    public int WireLength { get; }

    public LinkType LinkType { get; }

    /// <summary>Ordinal of the capture interface within its source.</summary>
    public ushort Interface { get; }
}
