using System.Text.Json.Nodes;
using TlsAppliance.Testing;

namespace TlsAppliance.Events.Tests;

/// <summary>Packetbeat's own test vectors, read from the shared reference when it is there.</summary>
internal static class PacketbeatVectors
{
    private static readonly Lazy<JsonObject[]> All = new(Read);

    internal static IEnumerable<JsonObject> OfKind(string kind) => All.Value.Where(vector => (string?)vector["kind"] == kind);

    internal static JsonObject WithId(string id) => All.Value.Single(vector => (string?)vector["id"] == id);

    private static JsonObject[] Read()
    {
        if (RepositoryRoot.Shared("reference", "packetbeat-vectors.json") is not { } path)
        {
            return RepositoryRoot.IsContinuousIntegration ? throw new FileNotFoundException("packetbeat-vectors.json") : [];
        }

        return [.. JsonNode.Parse(File.ReadAllText(path))!["vectors"]!.AsArray().Select(vector => vector!.AsObject())];
    }
}
