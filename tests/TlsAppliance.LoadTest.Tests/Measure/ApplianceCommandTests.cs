using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Tests.Measure;

public class ApplianceCommandTests
{
    [Fact]
    public void A_program_of_its_own_is_called_by_its_name() =>
        Assert.Equal(["/usr/bin/tls-appliance", "replay", "a.pcap"], ApplianceCommand.Of("/usr/bin/tls-appliance", "replay", "a.pcap"));

    [Fact]
    public void An_assembly_is_run_by_the_runtime_of_the_machine() =>
        Assert.Equal(["dotnet", "exec", "out/tls-appliance.dll", "version"], ApplianceCommand.Of("out/tls-appliance.dll", "version"));

    [Fact]
    public void Paths_with_blanks_stay_one_argument() =>
        Assert.Equal(["replay", "a b.pcap"], ApplianceCommand.ToRead("tls appliance", "replay", "a b.pcap").ArgumentList);
}
