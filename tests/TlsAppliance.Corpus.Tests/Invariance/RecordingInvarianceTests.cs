using CsCheck;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Invariance;

/// <summary>
/// However a session was cut into segments, reordered, repeated and wrapped, its event is the same but for counts of packets and bytes, times, gaps,
/// and what tells of the wrapping.
/// </summary>
public class RecordingInvarianceTests
{
    private const int Iterations = 60;

    private static readonly string[] Varying =
    [
        "@timestamp", "event.start", "event.end", "event.duration", "network.vlan.id", "network.inner.vlan.id", "network.bytes", "network.packets",
        "source.bytes", "source.packets", "destination.bytes", "destination.packets", "client.bytes", "client.packets", "server.bytes", "server.packets",
    ];

    private static readonly string[] VaryingBelow = ["tls_appliance.timing.", "tls_appliance.tunnel."];

    public static TheoryData<string> Sessions => [.. SampleSessions.All.Keys];

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Any_recording_gives_the_same_event(string session)
    {
        Flight[] flights = SampleSessions.All[session];
        string[] expected = Essence(new Recording(), flights);
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 8], Gen.Bool, Gen.Bool, Gen.Int, Gen.Int[0, Encapsulation.All.Count - 1]).Sample(
            (size, distance, twice, overlaps, seed, wrapping) => Assert.Equal(
                expected,
                Essence(
                    new Recording { SegmentSize = size, Distance = distance, Twice = twice, Overlaps = overlaps, Seed = seed, Encapsulation = Encapsulation.All[wrapping] },
                    flights)),
            seed: "0000KhuBUHlv",
            iter: Iterations,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Sessions))]
    public void Every_encapsulation_gives_the_same_event(string session)
    {
        Flight[] flights = SampleSessions.All[session];
        string[] expected = Essence(new Recording(), flights);
        Assert.All(Encapsulation.All, wrapping => Assert.Equal(expected, Essence(new Recording { Encapsulation = wrapping }, flights)));
    }

    [Fact]
    public void The_sessions_are_what_they_are_called()
    {
        Dictionary<string, SortedDictionary<string, string>> events =
            SampleSessions.All.ToDictionary(session => session.Key, session => FlatEvent.Parse(new Recording().Replay(session.Value).Document));
        Assert.All(events.Values, found => Assert.Equal("true", found["tls.established"]));
        Assert.All(events.Values, found => Assert.Equal("\"handshake_completed\"", found["tls_appliance.end_reason"]));
        Assert.Equal(["resumed 1.2"], events.Where(pair => pair.Value["tls.resumed"] == "true").Select(pair => pair.Key));
        Assert.Equal(["1.3", "hello retry"], events.Where(pair => pair.Value["tls.version"] == "\"1.3\"").Select(pair => pair.Key));
        Assert.Equal(["client certificate"], events.Where(pair => pair.Value.ContainsKey("tls.client.subject")).Select(pair => pair.Key));
        Assert.Equal("true", events["hello retry"]["tls_appliance.hello_retry"]);
        Assert.Contains("tls.server.x509.serial_number", events["after STARTTLS"].Keys);
    }

    private static string[] Essence(Recording recording, IEnumerable<Flight> flights) =>
    [
        .. FlatEvent.Parse(recording.Replay(flights).Document)
            .Where(field => !Varying.Contains(field.Key) && !VaryingBelow.Any(path => field.Key.StartsWith(path, StringComparison.Ordinal)))
            .Select(field => $"{field.Key}: {field.Value}"),
    ];
}
