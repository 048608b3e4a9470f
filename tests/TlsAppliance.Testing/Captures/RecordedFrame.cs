using TlsAppliance.Network.Frames;

namespace TlsAppliance.Testing.Captures;

/// <summary>One frame as a capture file holds it: what the writers take and what a reader should give back.</summary>
/// <param name="Bytes">Captured bytes.</param>
/// <param name="Timestamp">Nanoseconds since the Unix epoch; a writer rounds down to its unit.</param>
/// <param name="WireLength">Length on the wire; 0 stands for that of <paramref name="Bytes"/>.</param>
/// <param name="Interface">Ordinal of the interface (pcapng).</param>
/// <param name="LinkType">Of the interface.</param>
public sealed record RecordedFrame(
    byte[] Bytes, long Timestamp, int WireLength = 0, int Interface = 0, LinkType LinkType = LinkType.Ethernet)
{
    /// <summary>Length on the wire, resolved.</summary>
    public int LengthOnWire => WireLength == 0 ? Bytes.Length : WireLength;

    public bool Equals(RecordedFrame? other) =>
        other is not null && Timestamp == other.Timestamp && LengthOnWire == other.LengthOnWire && Interface == other.Interface
        && LinkType == other.LinkType && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => HashCode.Combine(Timestamp, LengthOnWire, Interface, LinkType, Bytes.Length);

    public override string ToString() => $"{Timestamp} ns, {Bytes.Length} of {LengthOnWire} bytes, {LinkType}, interface {Interface}";
}
