using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Survey;

/// <summary>What came in while an interface was looked at.</summary>
public sealed record SpanFigures
{
    public long Frames { get; init; }

    public long WireBytes { get; init; }

    /// <summary>Frames with a TCP segment.</summary>
    public long TcpFrames { get; init; }

    /// <summary>Frames with a VLAN tag.</summary>
    public long TaggedFrames { get; init; }

    /// <summary>Frames in a tunnel, by the innermost one.</summary>
    public IReadOnlyDictionary<CarrierKind, long> Tunnelled { get; init; } = new Dictionary<CarrierKind, long>();

    /// <summary>TCP segments with payload, SYN or FIN: those of which a second one within a moment is a copy.</summary>
    public long Segments { get; init; }

    /// <summary>Of these, copies of another.</summary>
    public long Duplicates { get; init; }

    public long Connections { get; init; }

    /// <summary>Connections that were seen for long enough to tell whether both directions come.</summary>
    public long JudgedConnections { get; init; }

    /// <summary>Of these, such of which one direction alone came, although the other is acknowledged.</summary>
    public long OneWayConnections { get; init; }

    /// <summary>Connections of this box itself.</summary>
    public long OwnConnections { get; init; }

    /// <summary>Bytes of TCP streams that were seen.</summary>
    public long SeenBytes { get; init; }

    /// <summary>Bytes of TCP streams that their receiver acknowledged and that were not seen.</summary>
    public long UnseenBytes { get; init; }

    /// <summary>Connections with a ClientHello, and with a ServerHello, in a record of its own at the start of a segment.</summary>
    public long ClientHellos { get; init; }

    public long ServerHellos { get; init; }
}
