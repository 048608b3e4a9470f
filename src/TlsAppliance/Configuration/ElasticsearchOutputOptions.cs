using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Elasticsearch.Setup;

namespace TlsAppliance.Configuration;

/// <summary>The section <c>output.elasticsearch</c>, and what of <c>setup</c> belongs to it.</summary>
internal sealed record ElasticsearchOutputOptions
{
    public ElasticsearchOptions Client { get; init; } = new();

    public BulkOptions Bulk { get; init; } = new();

    /// <summary>As the user wrote it; empty: the index of the kind of run, or the data stream.</summary>
    public string Index { get; init; } = "";

    /// <summary>Write to a data stream, <see cref="DataStreamName"/>.</summary>
    public bool DataStream { get; init; }

    public string DataStreamType { get; init; } = "logs";

    public string DataStreamDataset { get; init; } = "tls_appliance";

    public string DataStreamNamespace { get; init; } = "default";

    public bool TemplateEnabled { get; init; } = true;

    public string TemplateName { get; init; } = "";

    public bool TemplateOverwrite { get; init; }

    /// <summary>0: as the server has it.</summary>
    public int Shards { get; init; }

    /// <summary>-1: as the server has it.</summary>
    public int Replicas { get; init; } = -1;

    public bool LifecycleEnabled { get; init; } = true;

    public string PolicyName { get; init; } = "tls-appliance";

    /// <summary>0: never.</summary>
    public int DeleteAfterDays { get; init; }

    /// <summary>Packetbeat's values of several options at once; null: each has its own.</summary>
    public OutputPreset? Preset { get; init; }

    /// <summary><c>logs-tls_appliance-default</c></summary>
    public string DataStreamName => $"{DataStreamType}-{DataStreamDataset}-{DataStreamNamespace}";

    /// <summary>How servers are reached, with the preset.</summary>
    public ElasticsearchOptions EffectiveClient => Preset is { } preset ? Client with { IdleConnectionTimeout = preset.IdleTimeout } : Client;

    /// <summary>How events are gathered, with the preset; workers count for all hosts together.</summary>
    public BulkOptions EffectiveBulk
    {
        get
        {
            BulkOptions bulk = Preset is { } preset ? Bulk with
            {
                Workers = preset.Workers,
                MaximumEvents = preset.BulkMaximum,
                FlushEvents = preset.FlushEvents,
                FlushTimeout = preset.FlushTimeout,
                BackoffInitial = preset.BackoffInitial,
                BackoffMaximum = preset.BackoffMaximum,
            } : Bulk;
            return bulk with { Workers = bulk.Workers * Math.Max(1, Client.Hosts.Count), FlushEvents = Math.Min(bulk.FlushEvents, bulk.MaximumEvents) };
        }
    }

    /// <exception cref="FormatException">The name cannot be one of an index.</exception>
    public IndexNamePattern IndexPattern(bool live) =>
        IndexNamePattern.Parse(Index.Length > 0 ? Index : DataStream ? DataStreamName : live ? IndexNamePattern.Daily : IndexNamePattern.Yearly, KnownFields);

    /// <exception cref="FormatException">As <see cref="IndexPattern"/>.</exception>
    public IndexSetupOptions ToSetup(EventLayout layout, bool live) => new()
    {
        Layout = layout,
        Index = IndexPattern(live),
        IsDataStream = DataStream,
        TemplateEnabled = TemplateEnabled,
        TemplateName = TemplateName,
        Overwrite = TemplateOverwrite,
        Shards = Shards > 0 ? Shards : null,
        Replicas = Replicas >= 0 ? Replicas : null,
        LifecycleEnabled = LifecycleEnabled,
        PolicyName = PolicyName,
        DeleteAfterDays = DeleteAfterDays,
    };

    /// <summary>What a name may say besides dates and the layout, as in a packetbeat.yml.</summary>
    private static Dictionary<string, string> KnownFields => new() { ["agent.version"] = Commands.VersionCommand.Version.Split('+')[0], ["agent.name"] = "tls-appliance" };
}
