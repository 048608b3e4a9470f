using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Tls.Tests;

/// <summary>Files about Packetbeat and the corpus, which only stand beside our own clone: without them a test is skipped, but never in CI.</summary>
internal static class ReferenceFiles
{
    internal static JsonElement Constants => Require(PacketbeatReference.Read("packetbeat-constants.json"));

    internal static IReadOnlyList<JsonElement> Vectors(string kind) => Require(PacketbeatReference.Vectors(kind));

    internal static string CorpusTruth => Require(RepositoryRoot.Shared("corpus", "truth"));

    private static T Require<T>(T? found)
        where T : class
    {
        SkipUnless(found is not null);
        return found!;
    }

    private static JsonElement Require(JsonElement? found)
    {
        SkipUnless(found is not null);
        return found!.Value;
    }

    private static void SkipUnless(bool isThere)
    {
        Assert.False(!isThere && RepositoryRoot.IsContinuousIntegration, "The reference files must be there in CI.");
        Assert.SkipUnless(isThere, "The reference files do not stand beside this clone.");
    }
}
