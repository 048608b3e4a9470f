using static TlsAppliance.Events.Fields.EventFields;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of one endpoint that a database of places fills: <c>geo</c> and <c>as</c>.</summary>
public sealed class PlaceFields
{
    private const string Located = "address in the database";

    internal PlaceFields(string path)
    {
        ContinentCode = Define(path, "geo.continent_code", Keyword, "Two letters.");
        ContinentName = Define(path, "geo.continent_name", Keyword, "Continent.");
        CountryCode = Define(path, "geo.country_iso_code", Keyword, "ISO 3166-1.");
        CountryName = Define(path, "geo.country_name", Keyword, "Country.");
        RegionCode = Define(path, "geo.region_iso_code", Keyword, "ISO 3166-2.");
        RegionName = Define(path, "geo.region_name", Keyword, "Region.");
        City = Define(path, "geo.city_name", Keyword, "City.");
        PostalCode = Define(path, "geo.postal_code", Keyword, "Postal code.");
        TimeZone = Define(path, "geo.timezone", Keyword, "IANA time zone.");
        Location = Define(path, "geo.location", GeoPoint, "Latitude and longitude.");
        AutonomousSystem = Define(path, "as.number", Long, "Autonomous system.");
        Organization = Define(path, "as.organization.name", Keyword, "Whose autonomous system it is.");
    }

    public EventField ContinentCode { get; }

    public EventField ContinentName { get; }

    public EventField CountryCode { get; }

    public EventField CountryName { get; }

    public EventField RegionCode { get; }

    public EventField RegionName { get; }

    public EventField City { get; }

    public EventField PostalCode { get; }

    public EventField TimeZone { get; }

    public EventField Location { get; }

    public EventField AutonomousSystem { get; }

    public EventField Organization { get; }

    private static EventField Define(string path, string name, FieldType type, string meaning) =>
        Both($"{path}.{name}", type, Located, meaning, Ours, FieldConditions.Places);
}
