using TlsAppliance.Capture.Quarantine;
using TlsAppliance.Configuration.Processors;
using TlsAppliance.Events;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Configuration;

/// <summary>
/// All settings of the box. The rooms' own records are contained, not repeated; what stands here besides is the host's own, or what the rooms get in
/// another shape than the user writes it.
/// </summary>
internal sealed class ApplianceOptions
{
    /// <summary>What the rooms below get to see but for the fields that <see cref="ToPipelineOptions"/> joins.</summary>
    public PipelineOptions Pipeline { get; set; } = new();

    public EventOptions Events
    {
        get => Pipeline.Events;
        set => Pipeline = Pipeline with { Events = value };
    }

    public FileOutputOptions FileOutput { get; set; } = new();

    public ElasticsearchOutputOptions Elasticsearch { get; set; } = new();

    public QueueOptions Queue { get; set; } = new();

    /// <summary>Its path is empty until somebody sets it.</summary>
    public DeadLetterOptions DeadLetters { get; set; } = new() { Path = "" };

    /// <summary>false: the section <c>output.console</c> does not count.</summary>
    public bool ConsoleEnabled { get; set; } = true;

    public HttpOptions Http { get; set; } = new();

    /// <summary>Without its directory, which <see cref="ToQuarantineOptions"/> puts below <see cref="DataPath"/>.</summary>
    public QuarantineOptions Quarantine { get; set; } = new();

    /// <summary>What <c>run</c> captures.</summary>
    public InterfaceList Interfaces { get; } = new();

    /// <summary>What is the same for all interfaces.</summary>
    public CaptureOptions Capture { get; set; } = new();

    /// <summary>false: the TLS section is switched off, which leaves nothing to do.</summary>
    public bool TlsEnabled { get; set; } = true;

    /// <summary>Fields and tags of every event, and those of the TLS protocol's section, which come after and win.</summary>
    public AddedFields Added { get; set; } = new();

    /// <inheritdoc cref="Added"/>
    public AddedFields AddedToTls { get; set; } = new();

    /// <summary>Steps of all events; those of the TLS protocol's section come before them.</summary>
    public ProcessorSteps Processors { get; set; } = ProcessorSteps.None;

    /// <inheritdoc cref="Processors"/>
    public ProcessorSteps TlsProcessors { get; set; } = ProcessorSteps.None;

    public PlaceOptions Places { get; set; } = new();

    /// <summary>The outputs that the configuration names and does not switch off, in their order: <c>elasticsearch</c>, <c>file</c>, <c>console</c>.</summary>
    public IReadOnlyList<string> Outputs { get; set; } = [];

    /// <summary>As Elastic Cloud shows it; empty: not on Elastic Cloud. The loader hands what it stands for to the output.</summary>
    public string CloudId { get; set; } = "";

    /// <summary><c>user:password</c>.</summary>
    public string CloudAuth { get; set; } = "";

    public LoggingOptions Logging { get; set; } = new();

    /// <summary>Below which <see cref="DataPath"/> and <see cref="LogsPath"/> lie when they are not set.</summary>
    public string HomePath { get; set; } = ".";

    /// <summary>Only for references of the user's to it.</summary>
    public string ConfigurationPath { get; set; } = ".";

    /// <summary>Where what must survive a restart lies.</summary>
    public string DataPath { get; set; } = "data";

    public string LogsPath { get; set; } = "logs";

    /// <summary>The queue in memory, with the output's preset.</summary>
    public MemoryQueueOptions EffectiveMemoryQueue => Elasticsearch.Preset is { } preset ? Queue.Memory with { Events = preset.QueueEvents } : Queue.Memory;

    public PipelineOptions ToPipelineOptions() => Pipeline with { Events = ToEventOptions() };

    public QuarantineOptions ToQuarantineOptions() => Quarantine with { Directory = Path.Combine(DataPath, "quarantine") };

    private EventOptions ToEventOptions() => AddedFields.Join(Added, AddedToTls, Events) with
    {
        Processors = [.. TlsProcessors.Steps, .. Processors.Steps],
        CommunityIdSeed = Processors.CommunityIdSeed ?? TlsProcessors.CommunityIdSeed ?? 0,
    };
}
