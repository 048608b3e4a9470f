using System.Text.Json;
using TlsAppliance.Doctor;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;

namespace TlsAppliance.Span;

/// <summary>Figures and findings of all interfaces as one JSON object, for scripts; names are stable.</summary>
internal static class SpanJson
{
    public static string Write(IReadOnlyList<(SpanReading Reading, IReadOnlyList<Finding> Findings)> spans) => JsonLine.Object(json =>
    {
        json.WriteString("verdict", DoctorReport.Name(DoctorReport.Worst([.. spans.SelectMany(span => span.Findings)])));
        json.WriteStartArray("interfaces");
        foreach ((SpanReading reading, IReadOnlyList<Finding> findings) in spans)
        {
            json.WriteStartObject();
            json.WriteString("device", reading.Device);
            json.WriteString("verdict", DoctorReport.Name(DoctorReport.Worst(findings)));
            WriteFigures(json, reading);
            DoctorReport.WriteFindings(json, findings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteFigures(Utf8JsonWriter json, SpanReading reading)
    {
        SpanFigures figures = reading.Figures;
        json.WriteNumber("seconds", Math.Round(reading.Time.TotalSeconds, 3));
        json.WriteNumber("frames", figures.Frames);
        json.WriteNumber("frames_per_second", Math.Round(reading.FramesPerSecond, 1));
        json.WriteNumber("wire_bytes", figures.WireBytes);
        json.WriteNumber("tcp_frames", figures.TcpFrames);
        json.WriteNumber("tagged_frames", figures.TaggedFrames);
        json.WriteStartObject("tunnelled_frames");
        foreach ((CarrierKind carrier, long frames) in figures.Tunnelled)
        {
            json.WriteNumber(carrier.ToString().ToLowerInvariant(), frames);
        }

        json.WriteEndObject();
        json.WriteNumber("connections", figures.Connections);
        json.WriteNumber("own_connections", figures.OwnConnections);
        json.WriteNumber("judged_connections", figures.JudgedConnections);
        json.WriteNumber("one_way_connections", figures.OneWayConnections);
        json.WriteNumber("segments", figures.Segments);
        json.WriteNumber("duplicates", figures.Duplicates);
        json.WriteNumber("seen_bytes", figures.SeenBytes);
        json.WriteNumber("unseen_bytes", figures.UnseenBytes);
        json.WriteNumber("client_hellos", figures.ClientHellos);
        json.WriteNumber("server_hellos", figures.ServerHellos);
        json.WriteNumber("kernel_received", reading.Kernel.Received);
        json.WriteNumber("kernel_dropped", reading.Kernel.Dropped);
        json.WriteNumber("interface_dropped", reading.Kernel.InterfaceDropped);
    }
}
