namespace TlsAppliance.Architecture.Tests;

/// <summary>The one arrow of the house: which room may use which (src/README.md).</summary>
public class ArrowTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "TlsAppliance.Network", [] },
        { "TlsAppliance.Tls", [] },
        { "TlsAppliance.Events", ["TlsAppliance.Network", "TlsAppliance.Tls"] },
        { "TlsAppliance.Capture", ["TlsAppliance.Network"] },
        { "TlsAppliance.Sinks", ["TlsAppliance.Events"] },
        { "TlsAppliance.Pipeline", ["TlsAppliance.Network", "TlsAppliance.Tls", "TlsAppliance.Events"] },
    };

    public static TheoryData<string, string[]> Libraries => new()
    {
        { "TlsAppliance.Network", [] },
        { "TlsAppliance.Tls", ["System.IO.Hashing"] },
        { "TlsAppliance.Events", ["System.IO.Hashing"] },
        // SharpPcap's interface has a type of PacketDotNet in it: the names of link types.
        { "TlsAppliance.Capture", ["SharpPcap", "PacketDotNet", "ZstdSharp", "K4os.Compression.LZ4.Streams", "K4os.Compression.LZ4"] },
        { "TlsAppliance.Sinks", ["System.IO.Hashing"] },
        { "TlsAppliance.Pipeline", ["Akka", "Microsoft.Extensions.Logging.Abstractions"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_room_uses_only_the_rooms_that_it_may(string room, string[] allowed) =>
        Assert.Empty(Room.Load(room).Assemblies.Where(name => name.StartsWith("TlsAppliance", StringComparison.Ordinal)).Except(allowed));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_room_uses_only_the_libraries_that_it_may(string room, string[] allowed) =>
        Assert.Empty(Room.Load(room).Assemblies.Where(name => !IsOurs(name) && !IsFramework(name)).Except(allowed));

    [Fact]
    public void Only_the_pipeline_and_the_host_join_network_with_tls()
    {
        string[] rooms = ["TlsAppliance.Capture", "TlsAppliance.Sinks", "TlsAppliance.Network", "TlsAppliance.Tls"];
        Assert.DoesNotContain(rooms, room => Room.Load(room).Assemblies.IsSupersetOf(["TlsAppliance.Network", "TlsAppliance.Tls"]));
    }

    private static bool IsOurs(string name) => name.StartsWith("TlsAppliance", StringComparison.Ordinal);

    private static bool IsFramework(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}
