using System.Text.Json;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>What the product's own <c>--report</c> says of one run.</summary>
/// <param name="Frames">Frames read.</param>
/// <param name="WireBytes">Their bytes on the wire.</param>
/// <param name="Events">Events written.</param>
/// <param name="AllocatedBytes">Managed memory allocated.</param>
/// <param name="LongestPauseSeconds">The longest wait for a garbage collection.</param>
/// <param name="Gen2Collections">Full collections.</param>
internal sealed record ApplianceReport(long Frames, long WireBytes, long Events, long AllocatedBytes, double LongestPauseSeconds, int Gen2Collections)
{
    public static ApplianceReport Read(string path)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = report.RootElement, process = root.GetProperty("process");
        return new ApplianceReport(
            root.GetProperty("frames").GetInt64(),
            root.GetProperty("wire_bytes").GetInt64(),
            root.GetProperty("events").GetInt64(),
            process.GetProperty("allocated_bytes").GetInt64(),
            process.GetProperty("longest_pause_seconds").GetDouble(),
            process.GetProperty("collections")[2].GetInt32());
    }
}
