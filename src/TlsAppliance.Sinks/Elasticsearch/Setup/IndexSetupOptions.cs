using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Indices;

namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>What the server has to know about our indices before the first event: <c>setup.template</c>, <c>setup.ilm</c>.</summary>
public sealed record IndexSetupOptions
{
    public required EventLayout Layout { get; init; }

    /// <summary>Where events go; the template is for every name that it can give.</summary>
    public required IndexNamePattern Index { get; init; }

    /// <summary>The name is that of a data stream.</summary>
    public bool IsDataStream { get; init; }

    /// <summary>false: the template is somebody else's business.</summary>
    /// <value>true; matches Packetbeat's <c>setup.template.enabled</c>.</value>
    public bool TemplateEnabled { get; init; } = true;

    /// <summary>Empty: after the index, <c>tls-appliance-classic</c>.</summary>
    public string TemplateName { get; init; } = "";

    /// <summary>Replace template and policy whatever is there.</summary>
    /// <value>false; matches Packetbeat's <c>setup.template.overwrite</c>.</value>
    public bool Overwrite { get; init; }

    /// <summary>Null: as the server has it.</summary>
    public int? Shards { get; init; }

    /// <inheritdoc cref="Shards"/>
    public int? Replicas { get; init; }

    /// <summary>A lifecycle policy, where the server knows such.</summary>
    /// <value>true; matches Packetbeat's <c>setup.ilm.enabled</c>.</value>
    public bool LifecycleEnabled { get; init; } = true;

    public string PolicyName { get; init; } = "tls-appliance";

    /// <summary>Days after which an index is deleted; 0: never.</summary>
    public int DeleteAfterDays { get; init; }

    /// <summary>The template's name in force.</summary>
    public string EffectiveTemplateName => TemplateName.Length > 0 ? TemplateName : Index.WildcardFor(Layout).Replace('*', ' ').Trim(' ', '-', '.', '_').Replace(' ', '-');
}
