using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct tpacket3_hdr with its tpacket_hdr_variant1.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameHeader
{
    public uint NextOffset;

    public uint Seconds;

    public uint Nanoseconds;

    public uint CapturedLength;

    public uint Length;

    public uint Status;

    public ushort MacOffset;

    public ushort NetworkOffset;

    public uint ReceiveHash;

    public uint VlanTag;

    public ushort VlanProtocol;

    public ushort Padding;
}
