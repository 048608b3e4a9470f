using System.Net;
using System.Text.Json;
using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Devices;

/// <summary>The interfaces as one JSON array, for scripts; names are stable.</summary>
internal static class DeviceJson
{
    public static string Write(IReadOnlyList<NetworkDevice> devices) => JsonLine.Array(json =>
    {
        foreach (NetworkDevice device in devices)
        {
            Write(json, device);
        }
    });

    private static void Write(Utf8JsonWriter json, NetworkDevice device)
    {
        json.WriteStartObject();
        json.WriteNumber("index", device.Index);
        json.WriteString("name", device.Name);
        json.WriteBoolean("up", device.IsUp);
        json.WriteBoolean("link", device.HasCarrier);
        json.WriteBoolean("loopback", device.IsLoopback);
        json.WriteBoolean("taken_by_any", device.IsTakenByAny);
        json.WriteBoolean("promiscuous", device.IsPromiscuous);
        json.WriteNumber("mtu", device.Mtu);
        if (device.Speed is { } speed)
        {
            json.WriteNumber("speed_mbit", speed);
        }
        else
        {
            json.WriteNull("speed_mbit");
        }

        json.WriteString("driver", device.Driver);
        json.WriteStartArray("addresses");
        foreach (IPAddress address in device.Addresses)
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
