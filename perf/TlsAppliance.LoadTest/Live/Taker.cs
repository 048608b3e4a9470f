using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Live;

/// <summary>A program that captures the wire.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="ReadyText">What it prints when it captures.</param>
/// <param name="Count">From all that it printed: frames that it got.</param>
internal sealed partial record Taker(string Name, IReadOnlyList<string> Command, string ReadyText, Func<string, long> Count)
{
    private const string Mebibytes = "256";

    public static Taker Tcpdump { get; } = new(
        "tcpdump -w /dev/null", ["tcpdump", "-n", "-i", Cable.CapturingEnd, "-B", "262144", "-w", "/dev/null"], "listening on", text => Number(TcpdumpCount(), text));

    public static Taker Dumpcap { get; } = new(
        "dumpcap", ["dumpcap", "-q", "-i", Cable.CapturingEnd, "-B", Mebibytes, "-P", "-w", "/dev/null"], "File: ", text => Number(DumpcapCount(), text));

    /// <param name="name">As the report calls it.</param>
    /// <param name="loadTest">This program.</param>
    /// <param name="more">Further arguments.</param>
    public static Taker Naive(string name, string loadTest, params IReadOnlyList<string> more) => new(
        name, ["dotnet", "exec", loadTest, "naive", "--interface", Cable.CapturingEnd, .. more], "ready", text => Number(NaiveCount(), text));

    /// <param name="name">As the report calls it.</param>
    /// <param name="program">tls-appliance or tls-appliance.dll.</param>
    /// <param name="output">Directory for the events and the log.</param>
    /// <param name="shards">Shards.</param>
    /// <param name="bufferMegabytes">Of each capture thread.</param>
    /// <param name="more">Further arguments.</param>
    public static Taker Appliance(string name, string program, string output, int shards, string bufferMegabytes = Mebibytes, params IReadOnlyList<string> more) => new(
        name,
        ApplianceCommand.Of(program,
        [
            "run", "-i", Cable.CapturingEnd, "--json", "--output-dir", output, "--shards", $"{shards}",
            "-E", $"packetbeat.interfaces.buffer_size_mb={bufferMegabytes}", "-E", $"path.logs={output}", .. more,
        ]),
        "capturing ",
        text => Read(Summary(text)));

    /// <summary>The summary of ours, the last line that is one.</summary>
    public static JsonElement Summary(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text.Split('\n').Last(line => line.StartsWith("{\"frames\"", StringComparison.Ordinal)));
        return document.RootElement.Clone();
    }

    /// <summary>Frames that were captured and not given up afterwards: one that a full lane dropped is as lost as one that the kernel dropped.</summary>
    private static long Read(JsonElement summary) =>
        summary.GetProperty("frames").GetInt64() - summary.GetProperty("segments_shed_midstream").GetInt64() - summary.GetProperty("segments_dropped_by_lane").GetInt64();

    /// <summary>Of the naive program: bytes allocated per frame.</summary>
    public static long AllocatedPerFrame(string text) => Number(NaiveAllocation(), text);

    private static long Number(Regex pattern, string text) => long.Parse(pattern.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) packets? captured")]
    private static partial Regex TcpdumpCount();

    [GeneratedRegex(@"Packets received/dropped on interface [^:]*: (\d+)/")]
    private static partial Regex DumpcapCount();

    [GeneratedRegex(@"allocated (\d+) B")]
    private static partial Regex NaiveAllocation();

    [GeneratedRegex(@"counted (\d+)")]
    private static partial Regex NaiveCount();
}
