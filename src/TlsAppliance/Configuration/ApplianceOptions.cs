using TlsAppliance.Events;
using TlsAppliance.Pipeline;

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

    public HttpOptions Http { get; set; } = new();

    /// <summary>false: the TLS section is switched off, which leaves nothing to do.</summary>
    public bool TlsEnabled { get; set; } = true;

    /// <summary>Fields and tags of every event, and those of the TLS protocol's section, which come after and win.</summary>
    public AddedFields Added { get; set; } = new();

    /// <inheritdoc cref="Added"/>
    public AddedFields AddedToTls { get; set; } = new();

    /// <summary>Where what must survive a restart lies.</summary>
    public string DataPath { get; set; } = "data";

    public string LogsPath { get; set; } = "logs";

    public PipelineOptions ToPipelineOptions() => Pipeline with { Events = AddedFields.Join(Added, AddedToTls, Events) };
}
