using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct pcap_stat of Linux: three counters of 32 bits, whatever the machine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PcapCounters
{
    public uint Received;

    public uint Dropped;

    public uint InterfaceDropped;
}
