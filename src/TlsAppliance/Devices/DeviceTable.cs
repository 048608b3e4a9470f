using System.Globalization;
using Spectre.Console;
using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Devices;

/// <summary>The interfaces as a table for a person.</summary>
internal static class DeviceTable
{
    private static readonly (string Header, Func<NetworkDevice, string> Cell)[] s_columns =
    [
        ("INDEX", device => device.Index.ToString(CultureInfo.InvariantCulture)),
        ("NAME", device => device.Name),
        ("STATE", device => device.IsUp ? device.HasCarrier ? "up" : "no link" : "down"),
        ("ANY", device => device.IsTakenByAny ? "yes" : "-"),
        ("PROMISC", device => device.IsPromiscuous ? "yes" : "-"),
        ("MTU", device => device.Mtu.ToString(CultureInfo.InvariantCulture)),
        ("MBIT/S", device => device.Speed?.ToString(CultureInfo.InvariantCulture) ?? "-"),
        ("DRIVER", device => device.Driver ?? "-"),
        ("ADDRESSES", device => device.Addresses.Count == 0 ? "-" : string.Join(", ", device.Addresses)),
    ];

    public static void Write(IAnsiConsole console, IReadOnlyList<NetworkDevice> devices)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach ((string header, _) in s_columns)
        {
            bool last = header == s_columns[^1].Header;
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))) { NoWrap = !last, Padding = new Padding(0, 0, last ? 0 : 2, 0) });
        }

        foreach (NetworkDevice device in devices)
        {
            table.AddRow(s_columns.Select(column => new Text(Printable.Text(column.Cell(device)), StyleOf(device, column.Header))));
        }

        console.Write(table);
    }

    private static Style StyleOf(NetworkDevice device, string header) => (header, device) switch
    {
        ("NAME", { IsTakenByAny: true }) => new Style(Color.Green),
        ("STATE", { IsUp: true, HasCarrier: false }) => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
