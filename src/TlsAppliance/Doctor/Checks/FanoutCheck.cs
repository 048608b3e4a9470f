using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Several capture threads on one interface need the kernel to spread connections over them.</summary>
internal sealed class FanoutCheck(string? device) : Check<FanoutProbe>("fanout")
{
    private readonly string? _device = device;

    protected override FanoutProbe Read() => FanoutProbe.Try(_device);

    public override Finding Judge(FanoutProbe reading) => reading.Outcome switch
    {
        FanoutOutcome.Supported => Finding.Ok("the kernel spreads connections over capture threads, fragments too"),
        FanoutOutcome.NoPermission => Finding.Warning("cannot be tried without CAP_NET_RAW", "sudo tls-appliance doctor"),
        FanoutOutcome.NoDevice => Finding.Warning("cannot be tried without an interface that is up"),
        _ => Finding.Problem($"the kernel refuses PACKET_FANOUT ({reading.Reason}): one capture thread per interface", "uname -r"),
    };
}
