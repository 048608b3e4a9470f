using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;

    public short Events;

    public short Returned;
}
