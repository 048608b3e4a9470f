using TlsAppliance.Configuration;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.Commands;
using TlsAppliance.Pipeline.Supervision;
using TlsAppliance.Sinks;

namespace TlsAppliance.Reports;

/// <summary>The file of <c>--report</c>: what was asked, what came out, what it cost, for a script that compares runs.</summary>
internal sealed class ReplayReport : IDisposable
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

    private readonly FileStream _file;

    /// <summary>Makes the file, so that a long run is not lost to a misspelt path.</summary>
    /// <exception cref="OutputException">The file cannot be made.</exception>
    public ReplayReport(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, failure);
        }
    }

    /// <exception cref="OutputException">The disk is full.</exception>
    public void Write(ReplayArguments arguments, ReplaySummary summary)
    {
        try
        {
            using (var json = new Utf8JsonWriter(_file, s_indented))
            {
                Write(json, arguments, summary);
            }

            _file.Write("\n"u8);
            _file.Flush();
        }
        catch (IOException failure)
        {
            throw new OutputException(_file.Name, failure);
        }
    }

    internal static void Write(Utf8JsonWriter json, ReplayArguments arguments, ReplaySummary summary)
    {
        json.WriteStartObject();
        json.WriteString("program", "tls-appliance " + VersionCommand.Version);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteNumber("cores", Environment.ProcessorCount);
        WriteArguments(json, arguments);
        summary.WriteMembers(json);
        WriteUsage(json, summary.Usage);
        WriteShards(json, summary.Shards);
        json.WriteStartObject("residuals");
        foreach ((string scope, long residual) in summary.Residuals)
        {
            json.WriteNumber(scope, residual);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, ReplayArguments arguments)
    {
        LoadArguments load = arguments.Load;
        json.WriteStartObject("arguments");
        WriteTexts(json, "inputs", arguments.Inputs);
        json.WriteString("output", Lower(arguments.Output));
        WriteTexts(json, "configuration_files", arguments.Configuration.Files);
        WriteTexts(json, "settings", [.. arguments.Configuration.Settings.Select(SettingArgument.Masked)]);
        json.WriteString("layout", arguments.Configuration.ValueOf("--layout"));
        json.WriteString("per_file", arguments.PerFileDirectory);
        json.WriteString("speed", Speed(load));
        json.WriteNumber("loop", load.Loops);
        json.WriteBoolean("unique_flows", load.UniqueFlows);
        json.WriteBoolean("preload", load.Preload);
        json.WriteNumber("duration_seconds", load.Duration.TotalSeconds);
        json.WriteNumber("limit", load.Limit);
        json.WriteString("shards", arguments.Configuration.ValueOf("--shards"));
        json.WriteEndObject();
    }

    private static string Speed(LoadArguments load) => load.Mode switch
    {
        PacingMode.Multiplier => Text($"multiplier {load.Rate}"),
        PacingMode.FramesPerSecond => Text($"pps {load.Rate}"),
        PacingMode.MegabitsPerSecond => Text($"mbps {load.Rate}"),
        _ => "top-speed",
    };

    private static void WriteUsage(Utf8JsonWriter json, ProcessUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        json.WriteStartObject("process");
        json.WriteNumber("cpu_user_seconds", usage.User.TotalSeconds);
        json.WriteNumber("cpu_system_seconds", usage.System.TotalSeconds);
        json.WriteNumber("cpu_user_seconds_with_start", usage.ProcessUser.TotalSeconds);
        json.WriteNumber("cpu_system_seconds_with_start", usage.ProcessSystem.TotalSeconds);
        json.WriteNumber("peak_rss_bytes", usage.PeakResidentBytes);
        json.WriteNumber("allocated_bytes", usage.AllocatedBytes);
        json.WriteStartArray("collections");
        foreach (int count in usage.Collections)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteNumber("paused_seconds", usage.Paused.TotalSeconds);
        json.WriteNumber("longest_pause_seconds", usage.LongestPause.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteShards(Utf8JsonWriter json, IReadOnlyList<ShardHealth> shards)
    {
        json.WriteStartArray("shards");
        foreach (ShardHealth shard in shards)
        {
            json.WriteStartObject();
            json.WriteNumber("starts", shard.Incarnation);
            json.WriteNumber("failures", shard.Failures);
            json.WriteNumber("drained", shard.Drained);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string Lower(OutputKind output) => Text($"{output}").ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _file.Dispose();
}
