using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Rendering;

/// <summary>One side of the connection.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Bytes">Bytes of IP datagrams that it sent.</param>
/// <param name="Packets">Frames that it sent.</param>
/// <param name="GapBytes">TCP bytes of it that were never seen.</param>
internal readonly record struct Endpoint(IpAddress Address, ushort Port, long Bytes, long Packets, long GapBytes);
