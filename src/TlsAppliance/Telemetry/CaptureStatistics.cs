using System.Text.Json;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Capture;

namespace TlsAppliance.Telemetry;

/// <summary>The captures of a <c>run</c> as inputs: in Packetbeat's names where it has such, for scripts, and one line each for a person.</summary>
/// <param name="captures">One per interface and thread.</param>
/// <param name="typeOf">The type of the capture of an interface, as the configuration calls it.</param>
internal sealed class CaptureStatistics(IReadOnlyList<CaptureHealth> captures, Func<string, string> typeOf)
{
    public void Write(Utf8JsonWriter json)
    {
        foreach (CaptureHealth capture in captures)
        {
            KernelCounters kernel = capture.Kernel;
            json.WriteStartObject();
            json.WriteString("id", FormattableString.Invariant($"{capture.Interface}-{capture.Thread}"));
            json.WriteString("input", typeOf(capture.Interface));
            json.WriteString("device", capture.Interface);
            json.WriteNumber("thread", capture.Thread);
            json.WriteBoolean("up", capture.Failure is null);
            json.WriteString("failure", capture.Failure);
            json.WriteNumber("packets", capture.Frames);
            json.WriteNumber("socket_packets", kernel.Received);
            json.WriteNumber("socket_drops", kernel.Dropped);
            json.WriteNumber("socket_queue_freezes", kernel.Freezes);
            json.WriteNumber("interface_drops", kernel.InterfaceDropped);
            json.WriteNumber("longer_than_snaplen", kernel.Cut);
            json.WriteNumber("outages", capture.Outages);
            json.WriteNumber("down_ms", (long)capture.Down.TotalMilliseconds);
            json.WriteNumber("latest_loss", Math.Round(capture.LatestLoss, 6));
            json.WriteNumber("latest_shed", Math.Round(capture.LatestShed, 6));
            json.WriteEndObject();
        }
    }

    public IEnumerable<string> Lines() => captures.Select(Line);

    private static string Line(CaptureHealth capture)
    {
        KernelCounters kernel = capture.Kernel;
        string name = capture.Thread == 0 ? capture.Interface : FormattableString.Invariant($"{capture.Interface} thread {capture.Thread}");
        return capture.Failure is { } failure
            ? $"{name}: down, {failure}"
            : FormattableString.Invariant($"{name}: up, {capture.Frames} frames, {kernel.Dropped} dropped, {kernel.InterfaceDropped} lost by the interface");
    }
}
