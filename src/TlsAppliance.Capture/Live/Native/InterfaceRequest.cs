using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct ifreq of a 64-bit Linux, with the part of its union that is read here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InterfaceRequest
{
    /// <summary>IFNAMSIZ.</summary>
    public const int NameLength = 16;

    public fixed byte Name[NameLength];

    public ushort Value;

    public fixed byte Rest[22];
}
