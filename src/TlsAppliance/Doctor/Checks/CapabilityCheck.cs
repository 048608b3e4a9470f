using TlsAppliance.Doctor.Readings;

namespace TlsAppliance.Doctor.Checks;

/// <summary>Capturing takes CAP_NET_RAW and nothing else.</summary>
internal sealed class CapabilityCheck() : Check<CapabilityReading>("capability")
{
    protected override CapabilityReading Read() => new(
        ProcessStatus.HasCapability(ProcessStatus.RawNetwork),
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? null : Environment.ProcessPath,
        ProcessStatus.EffectiveUser());

    public override Finding Judge(CapabilityReading reading) => reading switch
    {
        { HasRawNetwork: true, UserId: 0 } => Finding.Ok("this user may capture; as a service, CAP_NET_RAW without root is enough"),
        { HasRawNetwork: true } => Finding.Ok("this user may capture"),
        { Program: { } program } => Finding.Problem("this user may not capture: CAP_NET_RAW is missing", $"sudo setcap cap_net_raw=ep {ShellWord.Of(program)}"),
        _ => Finding.Problem("this user may not capture: CAP_NET_RAW is missing", "sudo tls-appliance doctor"),
    };
}
