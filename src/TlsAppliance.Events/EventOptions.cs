using TlsAppliance.Events.Places;
using TlsAppliance.Events.Processing;

namespace TlsAppliance.Events;

/// <summary>What goes into an event.</summary>
public sealed record EventOptions
{
    public EventLayout Layout { get; init; } = EventLayout.Classic;

    /// <value>true; matches Packetbeat's <c>send_certificates</c>.</value>
    public bool SendCertificates { get; init; } = true;

    /// <value>false; matches Packetbeat's <c>include_raw_certificates</c>.</value>
    public bool IncludeRawCertificates { get; init; }

    /// <value>true; matches Packetbeat's <c>include_detailed_fields</c>.</value>
    public bool IncludeDetailedFields { get; init; } = true;

    /// <value>sha1; matches Packetbeat's <c>fingerprints</c>.</value>
    public CertificateFingerprints Fingerprints { get; init; } = CertificateFingerprints.Sha1;

    /// <summary>Networks in CIDR form or Packetbeat's names (<c>private</c>, <c>loopback</c> …); empty: direction is <c>unknown</c>.</summary>
    public IReadOnlyList<string> InternalNetworks { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Extra fields: dotted name to value (string, bool, long, double or a list of these).</summary>
    public IReadOnlyDictionary<string, object> Fields { get; init; } = new Dictionary<string, object>();

    /// <summary>Extra fields stand at the top instead of under <c>fields</c>.</summary>
    public bool FieldsUnderRoot { get; init; }

    /// <summary>Steps that change which fields an event shows, in their order, after everything else.</summary>
    public IReadOnlyList<EventProcessor> Processors { get; init; } = [];

    /// <summary>Fills <c>geo</c> and <c>as</c> of both ends; null: events do not have them.</summary>
    public IAddressPlaces? Places { get; init; }

    /// <summary>Seed of <c>network.community_id</c>; tools that are to agree must have the same.</summary>
    public ushort CommunityIdSeed { get; init; }

    /// <summary>Sensor name that enters the identity and <c>observer.name</c>; empty in a replay without a name.</summary>
    public string Sensor { get; init; } = "";
}
