using System.Text.Json.Nodes;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

/// <summary>Packetbeat's own tests of whole events: bytes of both directions through the tracker, the session through the renderer.</summary>
public class PacketbeatEventTests
{
    private static readonly EventOptions Ecs = new() { Layout = EventLayout.Ecs };

    /// <summary>Rows of the table of differences that these vectors meet.</summary>
    private static readonly string[] Different =
    [
        "tls.server.ja3s", // B5
    ];

    public static TheoryData<string> Vectors => [.. PacketbeatVectors.OfKind("tls_event").Select(vector => (string)vector["id"]!)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_vectors_of_Packetbeat(string id)
    {
        JsonObject vector = PacketbeatVectors.WithId(id);
        JsonObject expected = vector["expected"]!.AsObject();
        JsonObject? document = Run(vector["input"]!);
        Assert.Equal(expected["events"] is { } events ? (int)events : 1, document is null ? 0 : 1);
        if (document is null)
        {
            return;
        }

        AssertContains(expected["event"], document, "");
        AssertContains(vector["derived"]?["tls"], document["tls"], "tls");
        foreach ((string path, JsonNode? value) in expected.Concat(vector["derived"]?.AsObject() ?? []).Where(pair => pair.Key.StartsWith("tls.", StringComparison.Ordinal)))
        {
            AssertValue(path, value!, document);
        }
    }

    private static void AssertValue(string path, JsonNode value, JsonObject document)
    {
        if (path.EndsWith(".length", StringComparison.Ordinal))
        {
            Assert.Equal((int)value, document.At(path[..^".length".Length])!.AsArray().Count);
        }
        else if (value.ToString() == "present")
        {
            Assert.NotNull(document.At(path));
        }
        else
        {
            AssertContains(value, document.At(path), path);
        }
    }

    /// <summary>Everything expected is there with the same type and, in lists, in the same order; more may be there.</summary>
    private static void AssertContains(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case null:
                return;
            case JsonObject properties:
                Assert.All(properties, property => AssertContains(property.Value, (actual as JsonObject)?[property.Key], $"{path}.{property.Key}".TrimStart('.')));
                return;
            case JsonArray { Count: > 0 } list when list[0] is JsonObject:
                Assert.Equal(list.Count, actual!.AsArray().Count);
                Assert.All(list.Select((item, index) => (item, index)), entry => AssertContains(entry.item, actual.AsArray()[entry.index], path));
                return;
            default:
                Assert.True(Different.Contains(path) || JsonNode.DeepEquals(expected, actual), $"{path}: {expected.ToJsonString()} is {actual?.ToJsonString()}");
                return;
        }
    }

    private static JsonObject? Run(JsonNode input)
    {
        string[] source = ((string)input["tuple"]!["src"]!).Split(':'), destination = ((string)input["tuple"]!["dst"]!).Split(':');
        TlsSessionTracker tracker = new();
        foreach (JsonNode? step in input["steps"]!.AsArray())
        {
            bool fromSource = (int?)step!["dir"] == 0;
            switch ((string?)step["op"])
            {
                case "data":
                    tracker.OnBytes(fromSource, Convert.FromHexString((string)step["hex"]!), TlsSessionBuilder.Start);
                    break;
                case "gap":
                    tracker.OnGap(fromSource, 1, TlsSessionBuilder.Start);
                    break;
            }
        }

        if (!tracker.HasEvent)
        {
            return null;
        }

        tracker.Finish();
        ConnectionFacts connection = Rendered.Connection(source[0], ushort.Parse(source[1], null), destination[0], ushort.Parse(destination[1], null));
        return Rendered.Event(tracker.Session, Ecs, connection);
    }
}
