using System.CommandLine;
using TlsAppliance.Capture.Devices;
using TlsAppliance.Devices;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>devices</c>: the interfaces that can be captured on.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON array instead of the table." };
        var command = new Verb(
            "devices",
            "List the network interfaces of this box; needs no privilege.",
            "tls-appliance devices                        which interfaces there are, and which of them \"any\" takes",
            "tls-appliance devices --json | jq -r '.[] | select(.taken_by_any).name'")
        {
            json,
        };
        command.SetAction(result => OutputFailures.Guard(() => Write(result.GetValue(json))));
        return command;
    }

    private static int Write(bool json)
    {
        IReadOnlyList<NetworkDevice> devices = NetworkDevices.List();
        if (json)
        {
            StandardOutput.Write(DeviceJson.Write(devices) + Environment.NewLine);
        }
        else
        {
            using var text = new StringWriter();
            DeviceTable.Write(StandardOutput.NewConsole(text), devices);
            StandardOutput.Write(text.ToString());
        }

        return ExitCode.Done;
    }
}
