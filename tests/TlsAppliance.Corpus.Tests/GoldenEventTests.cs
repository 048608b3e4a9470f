using System.Text.Json.Nodes;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events;
using TlsAppliance.Events.Fields;
using TlsAppliance.Pipeline;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests;

/// <summary>Packetbeat's own golden events, from its captures: equal field by field but for the rows of our table of differences.</summary>
public class GoldenEventTests
{
    /// <summary>Not compared by Packetbeat's own test, or of its process.</summary>
    private static readonly string[] Ignored =
        ["@timestamp", "@metadata.", "agent.", "ecs.version", "event.start", "event.end", "host.name", "network.direction"];

    /// <summary>Golden files that a reordered segment cost the server half (B1).</summary>
    private const string Halved = "non_established_tls-expected.json";

    public static TheoryData<string> Cases => [.. Golden("cases.json")?["cases"]!.AsArray().Select(item => (string)item!["golden"]!) ?? []];

    public static TheoryData<string> Derived => [.. Golden("layout-legacy-derived.json")?["events"]!.AsArray().Select(item => (string)item!["pcap"]!) ?? []];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Equals_the_golden_event(string golden)
    {
        JsonNode test = Golden("cases.json")!["cases"]!.AsArray().Single(item => (string?)item!["golden"] == golden)!;
        JsonObject[] expected = [.. Golden(golden)!.AsArray().Select(node => node!.AsObject())];
        IReadOnlyList<JsonObject> events = Replay((string)test["pcap"]!, Options(test["options"]!, EventLayout.Ecs));
        Assert.Equal(expected.Length, events.Count);
        Assert.Empty(expected.Zip(events).SelectMany(pair => DifferencesOf(pair.First, Flatten(pair.Second), golden == Halved)));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Derived))]
    public void Equals_the_classic_layout(string capture)
    {
        JsonNode expected = Golden("layout-legacy-derived.json")!["events"]!.AsArray().Single(item => (string?)item!["pcap"] == capture)!;
        JsonObject actual = Assert.Single(Replay(capture, Options(new JsonObject(), EventLayout.Classic)));
        Assert.Empty(DifferencesOf(Flatten(new JsonObject { ["tls"] = expected["tls"]!.DeepClone() }), Flatten(actual), capture == "tls-sample1.pcap"));
    }

    private static IEnumerable<string> DifferencesOf(JsonObject expected, JsonObject actual, bool isHalved)
    {
        foreach ((string path, JsonNode? theirs) in expected.Where(pair => !Ignored.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))))
        {
            JsonNode? ours = actual[path];
            if (!JsonNode.DeepEquals(theirs, ours) && !IsDeliberate(path, theirs, ours, isHalved))
            {
                yield return $"{path}: {theirs?.ToJsonString()} is {ours?.ToJsonString() ?? "(absent)"}";
            }
        }
    }

    /// <summary>True when a row of the table says so; of lists of objects, field by field.</summary>
    private static bool IsDeliberate(string path, JsonNode? theirs, JsonNode? ours, bool isHalved)
    {
        if (theirs is JsonArray { Count: > 0 } list && list[0] is JsonObject && ours is JsonArray other && other.Count == list.Count)
        {
            return list.Zip(other).All(pair => !DifferencesOf(
                Flatten(pair.First!.AsObject(), $"{path}[]."), Flatten(pair.Second!.AsObject(), $"{path}[]."), isHalved).Any());
        }

        return Differences.All.Any(row => (row.NeedsAllowance || row.Number is "B4" or "B5" || (isHalved && row.Number is "B1" or "B3"))
            && (Matches(row.Ecs, path) || Matches(row.Classic, path)) && Matches(row.Theirs, Text(theirs)) && Matches(row.Ours, Text(ours)));
    }

    private static bool Matches(string? pattern, string text) =>
        pattern is not null && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string Text(JsonNode? node) => node is null ? "(absent)" : node.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)node! : node.ToJsonString();

    private static JsonObject Flatten(JsonObject document, string prefix = "")
    {
        JsonObject flat = [];
        foreach ((string name, JsonNode? value) in document)
        {
            foreach ((string path, JsonNode? leaf) in value is JsonObject inner ? Flatten(inner, $"{prefix}{name}.") : new JsonObject { [prefix + name] = value?.DeepClone() })
            {
                flat[path] = leaf?.DeepClone();
            }
        }

        return flat;
    }

    private static EventOptions Options(JsonNode options, EventLayout layout) => new()
    {
        Layout = layout,
        InternalNetworks = ["private"],
        SendCertificates = (bool?)options["send_certificates"] ?? true,
        IncludeRawCertificates = (bool?)options["include_raw_certificates"] ?? false,
        IncludeDetailedFields = (bool?)options["include_detailed_fields"] ?? true,
        Fingerprints = options["fingerprints"] is JsonArray names
            ? names.Select(name => Enum.Parse<CertificateFingerprints>((string)name!, ignoreCase: true)).Aggregate((all, one) => all | one)
            : CertificateFingerprints.Sha1,
    };

    private static IReadOnlyList<JsonObject> Replay(string capture, EventOptions options)
    {
        CollectedEvents events = new();
        using MergedCaptureSource source = new(CaptureInputs.Resolve([RepositoryRoot.Shared("reference", "golden", capture)!]));
        new ReplayPipeline(new PipelineOptions { Events = options, Ports = [443] }, events).Run(source, CancellationToken.None);
        return [.. events.Documents.Select(json => JsonNode.Parse(json)!.AsObject())];
    }

    private static JsonNode? Golden(string name)
    {
        string? path = RepositoryRoot.Shared("reference", "golden", name);
        return path is not null ? JsonNode.Parse(File.ReadAllText(path)) : RepositoryRoot.IsContinuousIntegration ? throw new FileNotFoundException(name) : null;
    }
}
