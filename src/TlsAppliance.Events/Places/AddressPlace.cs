using System.Globalization;
using System.Text;

namespace TlsAppliance.Events.Places;

/// <summary>Where an address is and whose network it belongs to, by the names of ECS; what is not known is null.</summary>
public sealed class AddressPlace
{
    private readonly byte[] _location = [];

    public string? ContinentCode { get; init; }

    public string? ContinentName { get; init; }

    public string? CountryCode { get; init; }

    public string? CountryName { get; init; }

    public string? RegionCode { get; init; }

    public string? RegionName { get; init; }

    public string? City { get; init; }

    public string? PostalCode { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>Number of the autonomous system.</summary>
    public long? AutonomousSystem { get; init; }

    public string? Organization { get; init; }

    /// <summary>Latitude and longitude in degrees.</summary>
    public (double Latitude, double Longitude)? Location
    {
        get;
        init
        {
            field = value;
            _location = value is { } place
                ? Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"lat\":{place.Latitude:R},\"lon\":{place.Longitude:R}}}"))
                : [];
        }
    }

    /// <summary>The location as a geo_point; empty when it is not known.</summary>
    internal ReadOnlySpan<byte> LocationJson => _location;
}
