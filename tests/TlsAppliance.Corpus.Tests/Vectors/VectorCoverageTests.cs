using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Vectors;

/// <summary>No vector of Packetbeat's own tests is passed over: each kind has tests that read the file, in the room that the vector is about.</summary>
public class VectorCoverageTests
{
    private static readonly Dictionary<string, string[]> Runners = new()
    {
        ["record_header"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["handshake_header"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["record_stream"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["client_hello"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["server_hello"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["certificate_message"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs", "TlsAppliance.Tls.Tests/Certificates/CertificateReaderTests.cs"],
        ["certificate_der"] = ["TlsAppliance.Tls.Tests/Certificates/CertificateReaderTests.cs"],
        ["alert_body"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["extension_body"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs"],
        ["fingerprint_config"] = ["TlsAppliance.Tls.Tests/Certificates/CertificateReaderTests.cs"],
        ["tls_event"] = ["TlsAppliance.Tls.Tests/Sessions/PacketbeatVectorTests.cs", "TlsAppliance.Events.Tests/PacketbeatEventTests.cs"],
        ["event_common"] = ["TlsAppliance.Events.Tests/Rendering/EnvelopeTests.cs"],
        ["community_id"] = ["TlsAppliance.Events.Tests/Identity/CommunityIdTests.cs"],
        ["ja3"] = ["TlsAppliance.Corpus.Tests/Vectors/Ja3VectorTests.cs"],
        ["tcp_segments"] = ["TlsAppliance.Corpus.Tests/Vectors/TcpSegmentVectorTests.cs"],
        ["port_map"] = ["TlsAppliance.Corpus.Tests/Vectors/PortMapVectorTests.cs"],
    };

    [Fact]
    public void Every_vector_is_of_a_kind_that_is_tested()
    {
        Assert.SkipWhen(SharedMaterial.Find(out string reason, "reference", "packetbeat-vectors.json") is null, reason);
        JsonElement[] vectors = [.. PacketbeatReference.Read("packetbeat-vectors.json")!.Value.GetProperty("vectors").EnumerateArray()];
        Assert.Equal(vectors.Length, vectors.Select(vector => vector.GetProperty("id").GetString()).Distinct().Count());
        Assert.Empty(vectors.Where(vector => !Runners.ContainsKey(vector.GetProperty("kind").GetString()!)).Select(vector => vector.GetProperty("id").GetString()));
        Assert.Equal(Runners.Keys.Order(), vectors.Select(vector => vector.GetProperty("kind").GetString()!).Distinct().Order());
    }

    [Fact]
    public void Every_kind_is_read_by_the_tests_named()
    {
        foreach ((string kind, string[] files) in Runners)
        {
            Assert.All(files, file => Assert.Contains($"\"{kind}\"", File.ReadAllText(RepositoryRoot.Combine("tests", file)), StringComparison.Ordinal));
        }
    }
}
