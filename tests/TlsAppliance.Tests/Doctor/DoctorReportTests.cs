using System.Text.Json;
using TlsAppliance.Doctor;
using TlsAppliance.Reports;

namespace TlsAppliance.Tests.Doctor;

public class DoctorReportTests
{
    private static readonly Finding[] s_findings =
    [
        Finding.Ok("up, 10,000 Mbit/s") with { Check = "link", Device = "eth1" },
        Finding.Warning("gro on", "sudo ethtool -K eth1 gro off") with { Check = "offloads", Device = "eth1" },
        Finding.Problem("this user may not capture", "sudo setcap …") with { Check = "capability" },
    ];

    [Fact]
    public void Each_finding_is_one_line_with_its_command_below()
    {
        using var text = new StringWriter();
        DoctorReport.WriteText(StandardOutput.NewConsole(text), s_findings);
        Assert.Equal(
            """
            eth1
              OK       link        up, 10,000 Mbit/s
              warning  offloads    gro on
                                   sudo ethtool -K eth1 gro off
            this box
              problem  capability  this user may not capture
                                   sudo setcap …
            1 problem, 1 warning. Below each stands the command that mends it.

            """,
            text.ToString());
    }

    [Fact]
    public void A_text_is_folded_to_the_terminal_and_a_command_never()
    {
        using var text = new StringWriter();
        DoctorReport.WriteText(StandardOutput.NewConsole(text), [Finding.Warning("frames are joined before they are captured", "sudo ethtool -K eth1 gro off lro off gso off") with { Check = "offloads" }], width: 44);
        Assert.StartsWith(
            """
            this box
              warning  offloads  frames are joined
                                 before they are
                                 captured
                                 sudo ethtool -K eth1 gro off lro off gso off

            """,
            text.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_from_outside_moves_the_cursor()
    {
        using var text = new StringWriter();
        DoctorReport.WriteText(StandardOutput.NewConsole(text), [Finding.Warning("a\u001b[2Jb", "c\rd") with { Check = "link", Device = "e\u001b[31m" }]);
        Assert.DoesNotContain('\u001b', text.ToString());
        Assert.DoesNotContain('\r', text.ToString());
    }

    [Fact]
    public void Json_has_the_same_with_stable_names()
    {
        using JsonDocument json = JsonDocument.Parse(DoctorReport.ToJson(s_findings));
        Assert.Equal("problem", json.RootElement.GetProperty("verdict").GetString());
        JsonElement warning = json.RootElement.GetProperty("findings")[1];
        Assert.Equal(["check", "device", "verdict", "text", "command"], warning.EnumerateObject().Select(member => member.Name));
        Assert.Equal("warning", warning.GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("findings")[2].GetProperty("device").ValueKind);
    }
}
