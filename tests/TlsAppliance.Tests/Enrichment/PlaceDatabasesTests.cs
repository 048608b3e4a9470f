using System.Net;
using TlsAppliance.Configuration;
using TlsAppliance.Enrichment;
using TlsAppliance.Events.Places;
using TlsAppliance.Tests.Configuration;

namespace TlsAppliance.Tests.Enrichment;

public sealed class PlaceDatabasesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Finds_the_place_and_the_system_of_addresses_of_both_kinds()
    {
        using PlaceDatabases databases = PlaceDatabases.Open(new PlaceOptions { PlacesPath = Cities("Vienna"), SystemsPath = Systems() });
        AddressPlace vienna = Find(databases, "81.2.69.142")!;
        Assert.Equal(
            ["EU", "Europe", "AT", "Austria", "AT-9", "Vienna", "Vienna", "1010", "Europe/Vienna", "Example Net"],
            [
                vienna.ContinentCode, vienna.ContinentName, vienna.CountryCode, vienna.CountryName, vienna.RegionCode, vienna.RegionName, vienna.City,
                vienna.PostalCode, vienna.TimeZone, vienna.Organization,
            ]);
        Assert.Equal(64_500, vienna.AutonomousSystem);
        Assert.Equal((48.25, 16.5), vienna.Location);
        Assert.Equal("Austria", Find(databases, "2001:db8::1")!.CountryName);
        Assert.Null(Find(databases, "2001:db8::1")!.City);
        Assert.Null(Find(databases, "10.0.0.1"));
        Assert.Null(Find(databases, "2001:db9::1"));
    }

    [Fact]
    public void A_file_that_was_replaced_counts_after_reloading()
    {
        string path = Cities("Vienna");
        var options = new PlaceOptions { PlacesPath = path };
        using PlaceDatabases databases = PlaceDatabases.Open(options);
        Assert.Equal("Vienna", Find(databases, "81.2.69.142")!.City);
        Cities("Graz");
        Assert.Equal("Vienna", Find(databases, "81.2.69.142")!.City);
        databases.Reload(options);
        Assert.Equal("Graz", Find(databases, "81.2.69.142")!.City);

        File.WriteAllText(path, "nothing");
        Assert.Throws<PlaceDatabaseException>(() => databases.Reload(options));
        Assert.Equal("Graz", Find(databases, "81.2.69.142")!.City);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_right()
    {
        using PlaceDatabases databases = PlaceDatabases.Open(new PlaceOptions { PlacesPath = Cities("Vienna"), CacheEntries = 2 });
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("Vienna", Find(databases, "81.2.69.142")!.City);
            Assert.Null(Find(databases, "10.0.0.1"));
            Assert.Equal("AT", Find(databases, "2001:db8::1")!.CountryCode);
        }
    }

    [Fact]
    public void A_damaged_file_never_ends_the_program()
    {
        byte[] whole = File.ReadAllBytes(Cities("Vienna"));
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. whole];
            for (int count = 0; count < 1 + round % 8; count++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            string path = Path.Combine(_directory.FullName, "damaged.mmdb");
            File.WriteAllBytes(path, damaged);
            try
            {
                using PlaceDatabases databases = PlaceDatabases.Open(new PlaceOptions { PlacesPath = path });
                Find(databases, "81.2.69.142");
                Find(databases, "2001:db8::1");
            }
            catch (PlaceDatabaseException)
            {
                // Told as what it is.
            }
        }
    }

    [Fact]
    public void A_file_that_is_none_is_a_configuration_error_with_its_place()
    {
        string path = Path.Combine(_directory.FullName, "a.mmdb");
        File.WriteAllText(path, "nothing");
        ConfigurationLoader loader = Loaded.Files($"tls_appliance.geoip:\n  city: {path}\n  asn: /no/such/file\n");
        loader.Check();
        Assert.Equal([$"a.yml:2:3: tls_appliance.geoip.city: {path}: not a database in MaxMind's format (.mmdb)"], Loaded.Lines(loader.Errors));
    }

    private static AddressPlace? Find(PlaceDatabases databases, string address) => databases.Find(
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(address).MapToIPv6().GetAddressBytes()));

    private string Cities(string city) => new TinyDatabase()
        .Add("81.2.69.0/24", new()
        {
            ["continent"] = new Dictionary<string, object> { ["code"] = "EU", ["names"] = Names("Europe") },
            ["country"] = new Dictionary<string, object> { ["iso_code"] = "AT", ["names"] = Names("Austria") },
            ["subdivisions"] = new object[] { new Dictionary<string, object> { ["iso_code"] = "9", ["names"] = Names("Vienna") } },
            ["city"] = new Dictionary<string, object> { ["names"] = Names(city) },
            ["postal"] = new Dictionary<string, object> { ["code"] = "1010" },
            ["location"] = new Dictionary<string, object> { ["latitude"] = 48.25, ["longitude"] = 16.5, ["time_zone"] = "Europe/Vienna" },
        })
        .Add("2001:db8::/32", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "AT", ["names"] = Names("Austria") } })
        .Save(Path.Combine(_directory.FullName, "city.mmdb"));

    private string Systems() => new TinyDatabase()
        .Add("81.0.0.0/8", new() { ["autonomous_system_number"] = 64_500U, ["autonomous_system_organization"] = "Example Net" })
        .Save(Path.Combine(_directory.FullName, "asn.mmdb"));

    private static Dictionary<string, object> Names(string name) => new() { ["en"] = name, ["de"] = name + "!" };
}
