namespace TlsAppliance.Capture.Live;

/// <summary>Who takes the frames from the kernel.</summary>
public enum LiveCaptureType
{
    /// <summary>libpcap; one copy per frame.</summary>
    Pcap,

    /// <summary>An own ring that the kernel fills (packet(7), TPACKET_V3); no copy.</summary>
    AfPacket,
}
