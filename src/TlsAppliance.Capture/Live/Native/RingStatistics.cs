using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct tpacket_stats_v3: what was counted since it was last asked for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingStatistics
{
    public uint Packets;

    public uint Drops;

    public uint Freezes;
}
