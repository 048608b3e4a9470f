using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Packaging.Tests.Machines;

/// <summary>Traffic that goes on beside a test.</summary>
internal static class Senders
{
    /// <summary>Puts a capture onto the wire again and again, at a rate that leaves room for others.</summary>
    public static RunningService SendWithoutEnd(this VethWire wire, string capture) => RunningService.Start(
        "ip", ["netns", "exec", wire.Sender, "tcpreplay", "--quiet", "--loop=0", "--pps=500", "--intf1", VethWire.SenderDevice, capture]);
}
