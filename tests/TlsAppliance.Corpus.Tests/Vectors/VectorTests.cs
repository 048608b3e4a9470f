using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Vectors;

/// <summary>Runs all vectors of one kind; none of that kind is a failure.</summary>
public abstract class VectorTests
{
    protected static void ForEach(string kind, Action<JsonElement, JsonElement> check)
    {
        Assert.SkipWhen(SharedMaterial.Find(out string reason, "reference", "packetbeat-vectors.json") is null, reason);
        IReadOnlyList<JsonElement> vectors = PacketbeatReference.Vectors(kind)!;
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(vector.GetProperty("id").GetString()!);
            check(vector.GetProperty("input"), vector.GetProperty("expected"));
        }
    }
}
