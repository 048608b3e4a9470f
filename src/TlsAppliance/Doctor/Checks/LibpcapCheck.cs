using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>The capture type <c>pcap</c> and every filter need libpcap.</summary>
internal sealed class LibpcapCheck() : Check<Version?>("libpcap")
{
    /// <summary>Memory-mapped capture with TPACKET_V3 as it is today came with this release.</summary>
    private static readonly Version s_oldest = new(1, 9);

    protected override Version? Read() => Libpcap.Version();

    public override Finding Judge(Version? reading) => reading switch
    {
        null => Finding.Problem("libpcap is not installed", "sudo apt-get install libpcap0.8"),
        _ when reading < s_oldest => Finding.Warning($"libpcap {reading} is old; {s_oldest} or later is tested", "sudo apt-get install libpcap0.8"),
        _ => Finding.Ok($"libpcap {reading}"),
    };
}
