using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using MaxMind.Db;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Places;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Enrichment;

/// <summary>
/// MaxMind's files (GeoLite2, GeoIP2, and others in their format) that the user has put there: cities or countries, and autonomous systems. They are read into
/// memory whole, so a file that is replaced meanwhile harms nobody. What was found of an address is remembered.
/// </summary>
internal sealed class PlaceDatabases : IAddressPlaces, IDisposable
{
    private const string Language = "en";

    private volatile Opened _opened;

    private PlaceDatabases(Opened opened) => _opened = opened;

    /// <exception cref="PlaceDatabaseException">A file cannot be read.</exception>
    public static PlaceDatabases Open(PlaceOptions options) => new(new Opened(options));

    /// <summary>Reads the files anew; when one cannot be read, those at hand stay in use.</summary>
    /// <exception cref="PlaceDatabaseException">A file cannot be read.</exception>
    public void Reload(PlaceOptions options) => _opened = new Opened(options);

    public AddressPlace? Find(in IpAddress address) => _opened.Find(address);

    /// <summary>The readers hold memory only, which goes with them.</summary>
    public void Dispose() => _opened = new Opened(new PlaceOptions());

    /// <summary>The files as they were at one moment, and what was found in them.</summary>
    private sealed class Opened
    {
        private readonly Reader? _places;
        private readonly Reader? _systems;
        private readonly int _maximum;
        private volatile ConcurrentDictionary<IpAddress, AddressPlace?> _known = new();
        private int _count;

        internal Opened(PlaceOptions options)
        {
            _places = Open(PlaceOptions.PlacesKey, options.PlacesPath);
            _systems = Open(PlaceOptions.SystemsKey, options.SystemsPath);
            _maximum = options.CacheEntries;
        }

        internal AddressPlace? Find(in IpAddress address)
        {
            ConcurrentDictionary<IpAddress, AddressPlace?> known = _known;
            if (known.TryGetValue(address, out AddressPlace? place))
            {
                return place;
            }

            place = LookUp(address);
            if (Interlocked.Increment(ref _count) > _maximum)
            {
                _known = known = new ConcurrentDictionary<IpAddress, AddressPlace?>();
                Interlocked.Exchange(ref _count, 1);
            }

            known.TryAdd(address, place);
            return place;
        }

        private static Reader? Open(string key, string path)
        {
            if (path.Length == 0)
            {
                return null;
            }

            try
            {
                return new Reader(path, FileAccessMode.Memory);
            }
            catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new PlaceDatabaseException(key, path, "no such file");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new PlaceDatabaseException(key, path, "cannot be read: permission denied or a failing disk");
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // The library has no one exception for a file that it cannot make sense of.
                throw new PlaceDatabaseException(key, path, "not a database in MaxMind's format (.mmdb)");
            }
        }

        private AddressPlace? LookUp(in IpAddress address)
        {
            IPAddress ip = ToAddress(address);
            IReadOnlyDictionary<string, object?>? place = Read(_places, ip);
            IReadOnlyDictionary<string, object?>? system = Read(_systems, ip);
            return place is null && system is null ? null : new AddressPlace
            {
                ContinentCode = Text(place, "continent", "code"),
                ContinentName = Text(place, "continent", "names", Language),
                CountryCode = Text(place, "country", "iso_code"),
                CountryName = Text(place, "country", "names", Language),
                RegionCode = Region(place),
                RegionName = Text(place, "subdivisions", "names", Language),
                City = Text(place, "city", "names", Language),
                PostalCode = Text(place, "postal", "code"),
                TimeZone = Text(place, "location", "time_zone"),
                Location = Value(place, "location", "latitude") is double latitude and >= -90 and <= 90 && Value(place, "location", "longitude") is double longitude and >= -180 and <= 180
                    ? (latitude, longitude)
                    : null,
                AutonomousSystem = Value(system, "autonomous_system_number") is { } number and (long or int or uint or ulong or ushort)
                    ? Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture)
                    : null,
                Organization = Text(system, "autonomous_system_organization"),
            };
        }

        /// <summary>A damaged place in a file costs what stands there.</summary>
        private static IReadOnlyDictionary<string, object?>? Read(Reader? reader, IPAddress address)
        {
            try
            {
                return reader?.Find<Dictionary<string, object?>>(address);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // As above.
                return null;
            }
        }

        /// <summary>ISO 3166-2 has the country in front.</summary>
        private static string? Region(IReadOnlyDictionary<string, object?>? place) =>
            Text(place, "country", "iso_code") is { } country && Text(place, "subdivisions", "iso_code") is { } region ? $"{country}-{region}" : null;

        private static string? Text(object? value, params ReadOnlySpan<string> path) => Value(value, path) as string;

        private static object? Value(object? value, params ReadOnlySpan<string> path)
        {
            foreach (string name in path)
            {
                value = value is System.Collections.IList { Count: > 0 } list ? list[0] : value;
                value = value switch
                {
                    IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(name),
                    IDictionary<string, object?> map => map.TryGetValue(name, out object? inner) ? inner : null,
                    _ => null,
                };
            }

            return value;
        }

        private static IPAddress ToAddress(in IpAddress address)
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
            var ip = new IPAddress(bytes);
            return ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        }
    }
}
