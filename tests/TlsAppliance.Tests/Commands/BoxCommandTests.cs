using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;

namespace TlsAppliance.Tests.Commands;

/// <summary><c>devices</c> and <c>doctor</c> as a user runs them, on a wire of the test's own.</summary>
public class BoxCommandTests
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll");

    [Fact]
    public void Devices_and_doctor_tell_of_the_wire_and_of_what_is_set_wrong_on_it()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        VethWire.Run(wire.Sensor, "ethtool", "-K", VethWire.SensorDevice, "gro", "on");

        ToolProcess devices = VethWire.Run(wire.Sensor, "dotnet", s_program, "devices");
        Assert.Equal(0, devices.ExitCode);
        Assert.Matches($"(?m)^\\d+ +{VethWire.SensorDevice} +up +yes +- +9200 +10000 +veth +- *$", devices.Output);

        ToolProcess doctor = VethWire.Run(wire.Sensor, "dotnet", s_program, "doctor", "--json");
        using JsonDocument json = JsonDocument.Parse(doctor.Output);
        JsonElement[] findings = [.. json.RootElement.GetProperty("findings").EnumerateArray()];
        JsonElement offloads = findings.Single(finding => finding.GetProperty("check").GetString() == "offloads");
        Assert.Equal(VethWire.SensorDevice, offloads.GetProperty("device").GetString());
        Assert.Equal($"sudo ethtool -K {VethWire.SensorDevice} gro off", offloads.GetProperty("command").GetString());

        // The command does what it says: the finding is gone after it.
        VethWire.Run(wire.Sensor, "sh", "-c", offloads.GetProperty("command").GetString()!.Replace("sudo ", "", StringComparison.Ordinal));
        Assert.Contains("\"none joins frames\"", VethWire.Run(wire.Sensor, "dotnet", s_program, "doctor", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_exits_with_1_for_a_problem_and_names_the_interface()
    {
        using var folder = new TemporaryFolder();
        Appliance.Outcome outcome = Appliance.Run(folder.Path, "doctor", "-i", "no-such-device");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("no-such-device" + Environment.NewLine + "  problem  link", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_looks_at_the_directories_of_the_configuration()
    {
        using var folder = new TemporaryFolder();
        Appliance.Outcome outcome = Appliance.Run(folder.Path, "doctor", "-i", "lo", "-E", "path.data=" + folder.Combine("spool"));
        Assert.Contains(" at " + folder.Path, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(78, Appliance.Run(folder.Path, "doctor", "-E", "path.dta=x").ExitCode);
    }
}
