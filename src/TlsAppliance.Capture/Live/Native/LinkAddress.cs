using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct sockaddr_ll.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkAddress
{
    public ushort Family;

    public ushort Protocol;

    public int Index;

    public ushort HardwareType;

    public byte PacketType;

    public byte AddressLength;

    public ulong Address;
}
