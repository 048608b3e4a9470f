using System.Globalization;
using System.Text.Json;
using TlsAppliance.Capture.Places;
using TlsAppliance.Network.Frames;
using TlsAppliance.Outputs;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Supervision;

namespace TlsAppliance.Reports;

/// <summary>What a replay did, in numbers: for a person, or as one JSON object for a script.</summary>
internal sealed record ReplaySummary
{
    /// <summary>Statuses below this one are frames in use.</summary>
    private const int FirstUnused = (int)DecodeStatus.Fragment + 1;

    /// <summary>What stands before the lines of a text below its label.</summary>
    private const string Margin = "                ";

    /// <summary>Prefixes of the names of statuses that mean a frame is broken; all others are sound frames that are not for us.</summary>
    private static readonly string[] s_brokenPrefixes = ["truncated_", "malformed_"];

    /// <summary>Counters that tell of traffic let go.</summary>
    private static readonly string[] s_lossNames = ["flows.evicted", "fragments.evicted"];

    public static IReadOnlyDictionary<(long Timestamp, int Length), FramePlace> NoPlaces { get; } = new Dictionary<(long, int), FramePlace>();

    public required PipelineCounters Counters { get; init; }

    public required IReadOnlyList<CaptureFault> Faults { get; init; }

    /// <summary>Files below a directory that are no captures.</summary>
    public int SkippedFiles { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time that the input of a paced replay took, which its rates are taken over: the work after the last frame is not paced. Null at top speed.</summary>
    public TimeSpan? PacedTime { get; init; }

    /// <summary>Frames at which the reading of a connection failed by a fault of ours, in the order met.</summary>
    public IReadOnlyCollection<FrameNote> Quarantined { get; init; } = [];

    /// <summary>Where the frames of <see cref="Quarantined"/> stand in the inputs, as far as these could be read again.</summary>
    public IReadOnlyDictionary<(long Timestamp, int Length), FramePlace> Places { get; init; } = NoPlaces;

    /// <summary>Files with events, as they are called now.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>A signal ended the run before the input did.</summary>
    public bool Stopped { get; init; }

    /// <summary>How the shards fared, by lane; none when there was only one, inline.</summary>
    public IReadOnlyList<ShardHealth> Shards { get; init; } = [];

    /// <summary>What was in no bucket at the end, by scope: all 0 unless there is a bug.</summary>
    public IReadOnlyList<NamedCounter> Residuals { get; init; } = [];

    public ProcessUsage? Usage { get; init; }

    /// <summary>What became of the events with an output that tells; null for files and streams.</summary>
    public DeliveryReport? Delivery { get; init; }

    /// <summary>The output took nothing for too long, or not everything in time; null, or what is left and where.</summary>
    public string? Leftover { get; init; }

    /// <summary>How the interfaces fared; empty for a replay.</summary>
    public IReadOnlyList<CaptureHealth> Captures { get; init; } = [];

    /// <summary>A shard kept failing, and its frames were thrown away.</summary>
    public bool HasFailed => Counters.Drained > 0;

    /// <summary>Traffic that should have been read was not there, or had to be let go.</summary>
    public bool HasLoss =>
        Delivery is { HasLoss: true } ||
        Counters.Gaps > 0 ||
        Counters.Quarantined + Counters.Faulted + Counters.Drained > 0 ||
        Counters.FlowsLost + Counters.Undelivered + Counters.EventsDropped > 0 ||
        Counters.ShedMidstream + Counters.DroppedByLane > 0 ||
        Captures.Any(capture => capture.Kernel.Dropped > 0 || capture.Failures > 0) ||
        s_lossNames.Any(name => Counters.Named[name] > 0);

    private double Seconds => Math.Max((PacedTime ?? Elapsed).TotalSeconds, 1e-6);

    private double FramesPerSecond => Counters.Frames / Seconds;

    private double GigabitsPerSecond => Counters.WireBytes * 8 / Seconds / 1e9;

    /// <param name="output">Where to.</param>
    /// <param name="width">Columns of a terminal, to which texts are folded beside their labels; null: one line each.</param>
    public void WriteText(TextWriter output, int? width = null)
    {
        using var unfolded = new StringWriter();
        WriteLines(unfolded);
        int room = width is { } columns ? Math.Max(columns - Margin.Length, Margin.Length) : int.MaxValue;
        foreach (string line in unfolded.ToString().Split(unfolded.NewLine, StringSplitOptions.RemoveEmptyEntries))
        {
            output.WriteLine(line[..Margin.Length] + string.Join(output.NewLine + Margin, Folding.Lines(line[Margin.Length..], room)));
        }
    }

    private void WriteLines(TextWriter output)
    {
        Line(output, "frames", $"{Counters.Frames:N0}, {ByteCount.Text(Counters.CapturedBytes)} captured, {ByteCount.Text(Counters.WireBytes)} on the wire");
        foreach (CaptureHealth capture in Captures)
        {
            Line(output, Captures.Count(other => other.Interface == capture.Interface) == 1 ? capture.Interface : $"{capture.Interface}/{capture.Thread}", Text(capture));
        }

        Line(output, "flows", $"{Counters.Flows:N0}");
        Line(output, "sessions", Counters.Copies == 0 ? $"{Counters.Sessions:N0}" : $"{Counters.Sessions:N0}, {Counters.Copies:N0} of them copies of another");
        Line(output, "events", $"{Counters.Events:N0}, {ByteCount.Text(Counters.EventBytes)}");
        foreach ((string label, string text) in Delivery?.Lines() ?? [])
        {
            Line(output, label, text);
        }

        Reasons(output, "tcp frames", Segments());
        Reasons(output, "frames ignored", Unused(broken: false));
        Reasons(output, "frames dropped", Unused(broken: true));
        if (Captures.Count > 0)
        {
            Line(output, "estimated loss", Counters.AcknowledgedBytes == 0
                ? "unknown"
                : $"{(double)Counters.UnseenBytes / Counters.AcknowledgedBytes:P2} of the acknowledged bytes were not seen");
        }

        Line(output, "gaps", Counters.Gaps == 0 ? "none" : $"{Counters.Gaps:N0}, {ByteCount.Text(Counters.GapBytes)} missing");
        Reasons(output, "other", Counters.Named.All);
        if (Quarantined.Count > 0)
        {
            Line(output, "failed at", string.Join(", ", Quarantined.Select(Place)));
        }

        if (Captures.Count == 0)
        {
            Line(output, "damaged files", Faults.Count == 0 ? "none" : $"{Faults.Count:N0}");
        }

        if (SkippedFiles > 0)
        {
            Line(output, "files skipped", $"{SkippedFiles:N0} that are no captures");
        }

        Line(output, "time", $"{Elapsed.TotalSeconds:0.000} s, {FramesPerSecond:N0} frames/s, {GigabitsPerSecond:0.00} Gbit/s");
        if (Stopped)
        {
            Line(output, "stopped", Captures.Count > 0 ? "by a signal" : "by a signal; sessions still open were not written");
        }
    }

    /// <summary>One JSON object on one line; names are stable.</summary>
    public string ToJson() => JsonLine.Object(WriteMembers);

    /// <summary>The members of that object.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        WriteCounts(json);
        WriteReasons(json, "frames_ignored", Unused(broken: false));
        WriteReasons(json, "frames_dropped", Unused(broken: true));
        WriteReasons(json, "other", Counters.Named.InOrder);
        WriteFaults(json);
        Delivery?.WriteMember(json);
        WriteCaptures(json);
        json.WriteNumber("files_skipped", SkippedFiles);
        json.WriteStartArray("written");
        foreach (string path in Written)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteBoolean("stopped", Stopped);
        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 6));
        if (PacedTime is { } paced)
        {
            json.WriteNumber("paced_seconds", Math.Round(paced.TotalSeconds, 6));
        }

        json.WriteNumber("frames_per_second", Math.Round(FramesPerSecond));
        json.WriteNumber("gigabits_per_second", Math.Round(GigabitsPerSecond, 3));
        json.WriteNumber("events_per_second", Math.Round(Counters.Events / Seconds));
    }

    private NamedCounter[] Segments() =>
    [
        new("read", Counters.Processed), new("shunted", Counters.Shunted), new("other_ports", Counters.FilteredByPort),
        new("shed_midstream", Counters.ShedMidstream), new("dropped_by_lane", Counters.DroppedByLane),
        new("quarantined", Counters.Quarantined), new("stray", Counters.Strays), new("faulted", Counters.Faulted), new("drained", Counters.Drained),
    ];

    private IEnumerable<NamedCounter> Unused(bool broken)
    {
        for (int status = FirstUnused; status < Counters.ByStatus.Length; status++)
        {
            string name = DecodeStatusNames.All[status];
            if (Counters.ByStatus[status] > 0 && s_brokenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) == broken)
            {
                yield return new NamedCounter(name, Counters.ByStatus[status]);
            }
        }
    }

    /// <summary>Where it stands; else its time of the epoch, by which other tools find the frame.</summary>
    private string Place(FrameNote note) => Places.TryGetValue((note.Timestamp, note.Length), out FramePlace? place)
        ? string.Create(CultureInfo.InvariantCulture, $"{Printable.Text(place.Path)} frame {place.Number} (byte {place.Offset})")
        : FrameTime(note.Timestamp);

    private static string FrameTime(long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{timestamp / 1_000_000_000}.{timestamp % 1_000_000_000:D9}");

    private static void Line(TextWriter output, string label, FormattableString text) =>
        Line(output, label, text.ToString(CultureInfo.InvariantCulture));

    private static void Line(TextWriter output, string label, string text) => output.WriteLine(label + Margin[Math.Min(label.Length, Margin.Length)..] + text);

    /// <summary>The largest first.</summary>
    private static void Reasons(TextWriter output, string label, IEnumerable<NamedCounter> reasons)
    {
        NamedCounter[] sorted = [.. reasons.Where(reason => reason.Value > 0)];
        Array.Sort(sorted, static (left, right) => left.Value != right.Value ? right.Value.CompareTo(left.Value) : string.CompareOrdinal(left.Name, right.Name));
        Line(output, label, sorted.Length == 0
            ? "none"
            : string.Join(", ", sorted.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Name} {reason.Value:N0}"))));
    }

    private void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteNumber("frames", Counters.Frames);
        json.WriteNumber("captured_bytes", Counters.CapturedBytes);
        json.WriteNumber("wire_bytes", Counters.WireBytes);
        json.WriteNumber("flows", Counters.Flows);
        json.WriteNumber("sessions", Counters.Sessions);
        json.WriteNumber("copies", Counters.Copies);
        json.WriteNumber("events", Counters.Events);
        json.WriteNumber("event_bytes", Counters.EventBytes);
        json.WriteNumber("events_undelivered", Counters.Undelivered);
        json.WriteNumber("segments_processed", Counters.Processed);
        json.WriteNumber("segments_shunted", Counters.Shunted);
        json.WriteNumber("segments_filtered_by_port", Counters.FilteredByPort);
        json.WriteNumber("segments_quarantined", Counters.Quarantined);
        json.WriteNumber("segments_stray", Counters.Strays);
        json.WriteNumber("segments_faulted", Counters.Faulted);
        json.WriteNumber("segments_drained", Counters.Drained);
        json.WriteNumber("flows_lost", Counters.FlowsLost);
        json.WriteNumber("sessions_unrendered", Counters.Unrendered);
        json.WriteNumber("gaps", Counters.Gaps);
        json.WriteNumber("gap_bytes", Counters.GapBytes);
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, IEnumerable<NamedCounter> reasons)
    {
        json.WriteStartObject(name);
        foreach ((string reason, long count) in reasons)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
    }

    private static string Text(CaptureHealth capture)
    {
        KernelCounters kernel = capture.Kernel;
        string text = string.Create(CultureInfo.InvariantCulture, $"{kernel.Received:N0} received, {kernel.Dropped:N0} dropped by the kernel");
        text += kernel.Freezes > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({kernel.Freezes:N0} times its ring was full)") : "";
        text += kernel.InterfaceDropped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {kernel.InterfaceDropped:N0} lost by the interface") : "";
        text += kernel.Cut > 0 ? string.Create(CultureInfo.InvariantCulture, $", {kernel.Cut:N0} longer than snaplen") : "";
        return text + (capture.Failures > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {capture.Failures:N0} failures, {capture.Down.TotalSeconds:0.0} s without capture")
            : "");
    }

    private void WriteCaptures(Utf8JsonWriter json)
    {
        if (Captures.Count == 0)
        {
            return;
        }

        json.WriteStartArray("captures");
        foreach (CaptureHealth capture in Captures)
        {
            KernelCounters kernel = capture.Kernel;
            json.WriteStartObject();
            json.WriteString("interface", capture.Interface);
            json.WriteNumber("thread", capture.Thread);
            json.WriteNumber("received", kernel.Received);
            json.WriteNumber("dropped", kernel.Dropped);
            json.WriteNumber("freezes", kernel.Freezes);
            json.WriteNumber("interface_dropped", kernel.InterfaceDropped);
            json.WriteNumber("longer_than_snaplen", kernel.Cut);
            json.WriteNumber("read", capture.Frames);
            json.WriteNumber("failures", capture.Failures);
            json.WriteNumber("down_seconds", Math.Round(capture.Down.TotalSeconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("acknowledged_bytes", Counters.AcknowledgedBytes);
        json.WriteNumber("unseen_bytes", Counters.UnseenBytes);
        json.WriteNumber("segments_shed_midstream", Counters.ShedMidstream);
        json.WriteNumber("segments_dropped_by_lane", Counters.DroppedByLane);
        json.WriteNumber("events_dropped", Counters.EventsDropped);
        json.WriteStartObject("residuals");
        foreach ((string scope, long residual) in Residuals)
        {
            json.WriteNumber(scope, residual);
        }

        json.WriteEndObject();
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartArray("damaged");
        foreach (CaptureFault fault in Faults)
        {
            json.WriteStartObject();
            json.WriteString("path", fault.Path);
            json.WriteNumber("offset", fault.Offset);
            json.WriteString("reason", fault.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
