using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>struct pcap_pkthdr of a 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PcapFrameHeader
{
    public long Seconds;

    /// <summary>Microseconds, or nanoseconds where they were asked for.</summary>
    public long Fraction;

    public uint CapturedLength;

    public uint Length;
}
