namespace TlsAppliance.Network.Frames;

/// <summary>A frame that stands for held bytes of a connection.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Timestamp">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="LinkType">What it begins with.</param>
public sealed record HeldFrame(byte[] Bytes, long Timestamp, LinkType LinkType);
