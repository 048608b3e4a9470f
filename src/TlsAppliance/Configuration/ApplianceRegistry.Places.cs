using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>Where addresses are.</summary>
internal static partial class ApplianceRegistry
{
    private static IEnumerable<OptionDefinition> Places() =>
    [
        new OptionDefinition<string>
        {
            Key = PlaceOptions.PlacesKey,
            Help = "City or country database in MaxMind's format, such as GeoLite2-City.mmdb: source.geo, destination.geo, client.geo, server.geo. Empty: none.",
            Format = new TextFormat(4096),
            Get = options => options.Places.PlacesPath,
            Set = (options, value) => options.Places = options.Places with { PlacesPath = value },
        },
        new OptionDefinition<string>
        {
            Key = PlaceOptions.SystemsKey,
            Help = "Database of autonomous systems in MaxMind's format, such as GeoLite2-ASN.mmdb: source.as, destination.as and so on. Empty: none.",
            Format = new TextFormat(4096),
            Get = options => options.Places.SystemsPath,
            Set = (options, value) => options.Places = options.Places with { SystemsPath = value },
        },
        new OptionDefinition<int>
        {
            Key = "tls_appliance.geoip.cache_entries",
            Help = "Addresses whose place is remembered.",
            Format = new IntegerFormat(1, 1 << 24, "addresses"),
            Get = options => options.Places.CacheEntries,
            Set = (options, value) => options.Places = options.Places with { CacheEntries = value },
        },
    ];
}
