namespace TlsAppliance.Configuration;

/// <summary>Files in MaxMind's format that say where addresses are; none is shipped.</summary>
internal sealed record PlaceOptions
{
    public const string PlacesKey = "tls_appliance.geoip.city";
    public const string SystemsKey = "tls_appliance.geoip.asn";

    /// <summary>City or country database; empty: none.</summary>
    public string PlacesPath { get; init; } = "";

    /// <summary>Database of autonomous systems; empty: none.</summary>
    public string SystemsPath { get; init; } = "";

    /// <summary>Addresses that are remembered.</summary>
    public int CacheEntries { get; init; } = 65_536;

    public bool IsConfigured => PlacesPath.Length > 0 || SystemsPath.Length > 0;
}
