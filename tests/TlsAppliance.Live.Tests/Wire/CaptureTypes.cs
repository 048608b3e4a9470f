using TlsAppliance.Capture.Live;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>Both ways to capture.</summary>
public sealed class CaptureTypes : TheoryData<LiveCaptureType>
{
    public CaptureTypes()
    {
        Add(LiveCaptureType.AfPacket);
        Add(LiveCaptureType.Pcap);
    }
}
