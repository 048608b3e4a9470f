using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct packet_mreq.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MembershipRequest
{
    public int Index;

    public ushort Type;

    public ushort AddressLength;

    public ulong Address;
}
