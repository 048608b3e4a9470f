using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct tpacket_block_desc with its tpacket_hdr_v1, as far as it is read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockHeader
{
    public uint Version;

    public uint OffsetToPrivate;

    public uint Status;

    public uint Packets;

    public uint OffsetToFirst;

    public uint Length;

    public ulong Sequence;
}
