using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Golden;

/// <summary>The events of Packetbeat's own tests, field by field, in the <c>ecs</c> layout; and the user's layout for the same captures.</summary>
public class GoldenTests
{
    /// <summary>
    /// The one golden event that Packetbeat published at the client's FIN, before the server's answer. What is corrected in its place was written from
    /// what tshark shows of that answer.
    /// </summary>
    private const string CutInHalf = "non_established_tls-expected";

    private const string CutInHalfCapture = "tls-sample1.pcap";

    /// <summary>Fields of ours that a golden event cannot have.</summary>
    private static readonly string[] OurAdditions = [.. DeliberateDifferencesForGoldens.AddedPaths()];

    private static readonly string[] ClassicAdditions = [.. DeliberateDifferencesForGoldens.ClassicAdditions()];

    public static TheoryData<string> Cases()
    {
        string? folder = SharedMaterial.Find(out _, "reference", "golden");
        return folder is null ? ["none"] : [.. GoldenCase.Read(folder).Select(item => item.ToString())];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_event_equals_the_golden_one_but_for_the_difference_table(string name)
    {
        GoldenCase golden = Find(name);
        using var expected = JsonDocument.Parse(File.ReadAllText(name == CutInHalf ? Corrected("non_established_tls-corrected.json") : golden.Expected));
        List<SortedDictionary<string, string>> events = Replay(golden.Capture, "ecs", golden.Settings);
        Assert.Equal(expected.RootElement.GetArrayLength(), events.Count);
        for (int i = 0; i < events.Count; i++)
        {
            Compare(FlatEvent.Flatten(expected.RootElement[i]), events[i], golden.Ignores);
        }
    }

    [Fact]
    public void The_asserted_session_over_http2_draft_16_is_found()
    {
        string folder = Golden();
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cases.json")));
        JsonElement asserted = cases.RootElement.GetProperty("asserted_only")[0];
        List<SortedDictionary<string, string>> events = Replay(Path.Combine(folder, asserted.GetProperty("pcap").GetString()!), "ecs", []);
        SortedDictionary<string, string> found = Assert.Single(events);
        foreach (JsonProperty field in asserted.GetProperty("expect").EnumerateObject())
        {
            Assert.Equal(FlatEvent.Parse($"{{\"v\":{field.Value.GetRawText()}}}")["v"], found[field.Name]);
        }

        Assert.All(asserted.GetProperty("present").EnumerateArray(), field => Assert.Contains(field.GetString()!, found.Keys));
    }

    [Fact]
    public void The_classic_layout_equals_the_users_layout_for_the_same_captures()
    {
        string folder = Golden();
        using var derived = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "layout-legacy-derived.json")));
        foreach (JsonElement item in derived.RootElement.GetProperty("events").EnumerateArray())
        {
            string capture = item.GetProperty("pcap").GetString()!;
            SortedDictionary<string, string> found = Assert.Single(Replay(Path.Combine(folder, capture), "classic", []));
            using var corrected = JsonDocument.Parse(File.ReadAllText(Corrected("non_established_tls-corrected-classic.json")));
            JsonElement tls = (capture == CutInHalfCapture ? corrected.RootElement : item).GetProperty("tls");
            SortedDictionary<string, string> wanted = FlatEvent.Parse($"{{\"tls\":{tls.GetRawText()}}}");
            string[] differing = [.. wanted.Where(field => found.GetValueOrDefault(field.Key) != field.Value)
                .Where(field => !DeliberateDifferencesForGoldens.AllowsClassic(field.Key, field.Value, found.GetValueOrDefault(field.Key)))
                .Select(field => $"{capture} {field.Key}: expected {field.Value}, found {found.GetValueOrDefault(field.Key)}")];
            Assert.Empty(differing);
            string[] superfluous = [.. found.Keys.Where(key => key.StartsWith("tls.", StringComparison.Ordinal))
                .Except(wanted.Keys).Where(key => !ClassicAdditions.Any(added => IsBelow(Bare(key), added)))];
            Assert.Empty(superfluous);
        }
    }

    private static void Compare(SortedDictionary<string, string> expected, SortedDictionary<string, string> found, Func<string, bool> isIgnored)
    {
        string[] differing =
        [
            .. expected.Where(field => !isIgnored(field.Key) && !field.Key.StartsWith("@metadata.", StringComparison.Ordinal))
                .Where(field => found.GetValueOrDefault(field.Key) != field.Value)
                .Where(field => !DeliberateDifferencesForGoldens.Allows(field.Key, field.Value, found.GetValueOrDefault(field.Key)))
                .Select(field => $"{field.Key}: expected {field.Value}, found {found.GetValueOrDefault(field.Key)}"),
        ];
        Assert.Empty(differing);
        string[] superfluous = [.. found.Keys.Except(expected.Keys).Where(key => !isIgnored(key) && !OurAdditions.Any(added => IsBelow(Bare(key), added)))];
        Assert.Empty(superfluous);
    }

    /// <summary>Without the places in lists.</summary>
    private static string Bare(string key) => string.Concat(key.Split('[', ']').Where((_, index) => index % 2 == 0));

    private static bool IsBelow(string key, string path) => key == path || key.StartsWith(path + ".", StringComparison.Ordinal);

    private static List<SortedDictionary<string, string>> Replay(string capture, string layout, IEnumerable<string> settings)
    {
        ToolProcess run = ToolProcess.Appliance(
        [
            "replay", capture, "-o", "stdout", "--layout", layout, "-E", "packetbeat.interfaces.internal_networks=[private]",
            .. settings.SelectMany(setting => new[] { "-E", setting }),
        ]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(FlatEvent.Parse)];
    }

    private static string Golden()
    {
        string? folder = SharedMaterial.Find(out string reason, "reference", "golden");
        Assert.SkipWhen(folder is null, reason);
        return folder!;
    }

    private static GoldenCase Find(string name) => GoldenCase.Read(Golden()).Single(item => item.ToString() == name);

    private static string Corrected(string name) => RepositoryRoot.Combine("tests", "TlsAppliance.Corpus.Tests", "Golden", name);
}
