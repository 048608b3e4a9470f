using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct tpacket_req3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingRequest
{
    public uint BlockSize;

    public uint Blocks;

    public uint FrameSize;

    public uint Frames;

    public uint RetireTimeout;

    public uint PrivateSize;

    public uint Features;
}
