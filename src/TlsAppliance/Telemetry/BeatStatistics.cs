using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TlsAppliance.Commands;
using TlsAppliance.Pipeline;

namespace TlsAppliance.Telemetry;

/// <summary>
/// <c>/</c>, <c>/state</c>, <c>/stats</c> and <c>/inputs/</c> as Packetbeat's HTTP endpoint writes them, for Metricbeat's module and for scripts that read them.
/// What this program has no counterpart for is left out; our own counters stand under <c>tls_appliance</c>.
/// </summary>
internal sealed class BeatStatistics(StatusSources sources, TimeProvider time)
{
    public const string ContentType = "application/json; charset=utf-8";

    private const string Beat = "tls-appliance";
    private const string LoadFile = "/proc/loadavg";

    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Guid _ephemeralId = Guid.NewGuid();

    private string Name => sources.Name.Length > 0 ? sources.Name : Environment.MachineName;

    public string Root() => JsonLine.Object(json =>
    {
        json.WriteString("beat", Beat);
        json.WriteString("binary_arch", RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
        json.WriteString("ephemeral_id", _ephemeralId);
        json.WriteString("hostname", Environment.MachineName);
        json.WriteString("name", Name);
        json.WriteString("version", VersionCommand.Version);
    });

    public string State() => JsonLine.Object(json =>
    {
        Object(json, "beat", () => json.WriteString("name", Name));
        Object(json, "host", () => json.WriteString("hostname", Environment.MachineName));
        Object(json, "management", () => json.WriteBoolean("enabled", false));
        Object(json, "output", () => json.WriteString("name", Output(sources.Pipeline.Counters()).Type));
        Object(json, "service", () =>
        {
            json.WriteString("id", _ephemeralId);
            json.WriteString("name", Beat);
            json.WriteString("version", VersionCommand.Version);
        });
    });

    public string Inputs() => JsonLine.Array(WriteInputs);

    private void WriteInputs(Utf8JsonWriter json) => sources.Inputs?.Invoke(json);

    public string Stats()
    {
        PipelineCounters counters = sources.Pipeline.Counters();
        return JsonLine.Object(json =>
        {
            Object(json, "beat", () => WriteBeat(json));
            Object(json, "libbeat", () => WriteLibbeat(json, counters, Output(counters)));
            Object(json, "system", () => WriteSystem(json));
            Object(json, "tls_appliance", () => WriteOurs(json, counters));
        });
    }

    /// <summary>An output without counters of its own: what the engine gave it has been written.</summary>
    private OutputStatistics Output(PipelineCounters counters) => sources.Output?.Invoke() ?? new OutputStatistics
    {
        Type = sources.OutputName,
        Total = counters.Events,
        Acked = counters.Delivered,
        Dropped = counters.Undelivered,
        Active = Math.Max(0, counters.Events - counters.Delivered - counters.Undelivered),
        WrittenBytes = counters.EventBytes,
    };

    private void WriteBeat(Utf8JsonWriter json)
    {
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        using var process = Process.GetCurrentProcess();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        Object(json, "cpu", () =>
        {
            WriteCpu(json, "system", cpu.PrivilegedTime);
            WriteCpu(json, "total", cpu.TotalTime);
            WriteCpu(json, "user", cpu.UserTime);
        });
        Object(json, "handles", () => json.WriteNumber("open", process.HandleCount));
        Object(json, "info", () =>
        {
            json.WriteString("ephemeral_id", _ephemeralId);
            json.WriteString("name", Beat);
            Object(json, "uptime", () => json.WriteNumber("ms", (long)(time.GetUtcNow() - _start).TotalMilliseconds));
            json.WriteString("version", VersionCommand.Version);
        });
        Object(json, "memstats", () =>
        {
            json.WriteNumber("gc_next", memory.HighMemoryLoadThresholdBytes);
            json.WriteNumber("memory_alloc", GC.GetTotalMemory(forceFullCollection: false));
            json.WriteNumber("memory_sys", memory.TotalCommittedBytes);
            json.WriteNumber("memory_total", GC.GetTotalAllocatedBytes());
            json.WriteNumber("rss", process.WorkingSet64);
        });
        Object(json, "runtime", () => json.WriteNumber("goroutines", process.Threads.Count));
    }

    private static void WriteCpu(Utf8JsonWriter json, string name, TimeSpan time) => Object(json, name, () =>
    {
        long milliseconds = (long)time.TotalMilliseconds;
        json.WriteNumber("ticks", milliseconds);
        Object(json, "time", () => json.WriteNumber("ms", milliseconds));
        json.WriteNumber("value", milliseconds);
    });

    private static void WriteLibbeat(Utf8JsonWriter json, PipelineCounters counters, OutputStatistics output)
    {
        Object(json, "output", () =>
        {
            Object(json, "events", () =>
            {
                json.WriteNumber("acked", output.Acked);
                json.WriteNumber("active", output.Active);
                json.WriteNumber("batches", output.Batches);
                json.WriteNumber("dead_letter", output.DeadLettered);
                json.WriteNumber("dropped", output.Dropped);
                json.WriteNumber("duplicates", output.Duplicates);
                json.WriteNumber("failed", output.Failed);
                json.WriteNumber("toomany", output.TooMany);
                json.WriteNumber("total", output.Total);
            });
            json.WriteString("type", output.Type);
            Object(json, "write", () =>
            {
                json.WriteNumber("bytes", output.WrittenBytes);
                json.WriteNumber("errors", output.WriteErrors);
            });
        });
        Object(json, "pipeline", () =>
        {
            json.WriteNumber("clients", 1);
            Object(json, "events", () =>
            {
                json.WriteNumber("active", output.Active);
                json.WriteNumber("dropped", counters.Undelivered);
                json.WriteNumber("failed", 0);
                json.WriteNumber("filtered", counters.Unrendered);
                json.WriteNumber("published", counters.Events);
                json.WriteNumber("retry", output.Failed);
                json.WriteNumber("total", counters.Events + counters.Unrendered);
            });
            Object(json, "queue", () =>
            {
                json.WriteNumber("acked", output.Acked);
                Object(json, "filled", () =>
                {
                    json.WriteNumber("events", output.QueuedEvents);
                    json.WriteNumber("pct", Math.Round(output.QueueFilled, 4));
                });
                json.WriteNumber("max_events", output.QueueCapacity);
            });
        });
    }

    private static void WriteSystem(Utf8JsonWriter json)
    {
        int cores = Environment.ProcessorCount;
        Object(json, "cpu", () => json.WriteNumber("cores", cores));
        if (Load() is not [double one, double five, double fifteen])
        {
            return;
        }

        Object(json, "load", () =>
        {
            WriteLoad(json, one, five, fifteen);
            Object(json, "norm", () => WriteLoad(json, one / cores, five / cores, fifteen / cores));
        });
    }

    private static void WriteLoad(Utf8JsonWriter json, double one, double five, double fifteen)
    {
        json.WriteNumber("1", Math.Round(one, 4));
        json.WriteNumber("15", Math.Round(fifteen, 4));
        json.WriteNumber("5", Math.Round(five, 4));
    }

    private static double[] Load()
    {
        try
        {
            return [.. File.ReadAllText(LoadFile).Split(' ').Take(3).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    private void WriteOurs(Utf8JsonWriter json, PipelineCounters counters)
    {
        Object(json, "frames", () =>
        {
            json.WriteNumber("received", counters.Frames);
            json.WriteNumber("captured_bytes", counters.CapturedBytes);
            json.WriteNumber("wire_bytes", counters.WireBytes);
        });
        Object(json, "flows", () =>
        {
            json.WriteNumber("opened", counters.Flows);
            json.WriteNumber("closed", counters.FlowsClosed);
            json.WriteNumber("lost", counters.FlowsLost);
        });
        Object(json, "sessions", () =>
        {
            json.WriteNumber("recognised", counters.Sessions);
            json.WriteNumber("copies", counters.Copies);
        });
        json.WriteStartArray("inputs");
        WriteInputs(json);
        json.WriteEndArray();
        Object(json, "segments", () =>
        {
            json.WriteNumber("shed_midstream", counters.ShedMidstream);
            json.WriteNumber("dropped_by_lane", counters.DroppedByLane);
        });
        Object(json, "shards", () =>
        {
            json.WriteNumber("count", sources.Pipeline.Health.Count);
            json.WriteNumber("failures", sources.Pipeline.Health.Sum(health => health.Failures));
        });
    }

    private static void Object(Utf8JsonWriter json, string name, Action content)
    {
        json.WriteStartObject(name);
        content();
        json.WriteEndObject();
    }
}
