namespace TlsAppliance.LoadTest.Generate;

/// <summary>What a generated load holds.</summary>
internal sealed class LoadStatistics
{
    public long Frames { get; set; }

    public long FileBytes { get; set; }

    public long TcpFlows { get; set; }

    public long TlsSessions { get; set; }

    public long UdpFrames { get; set; }

    public long UnansweredSyns { get; set; }

    public long Retransmitted { get; set; }

    public long Reordered { get; set; }
}
