using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>What an interface description block says (draft-ietf-opsawg-pcapng §4.2).</summary>
/// <param name="LinkType">Of all frames of the interface.</param>
/// <param name="SnapLength">Bytes kept of each frame, 0 for all; only simple packet blocks depend on it.</param>
/// <param name="Unit">Of the interface's timestamps.</param>
/// <param name="Ordinal">Among all interfaces of the file, over all its sections; saturated.</param>
internal readonly record struct PcapngInterface(LinkType LinkType, uint SnapLength, TimestampUnit Unit, ushort Ordinal);
