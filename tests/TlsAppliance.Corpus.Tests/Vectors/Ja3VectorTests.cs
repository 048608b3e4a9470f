using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Corpus.Tests.Vectors;

/// <summary>A client's bytes as a capture, and the fingerprint of its event.</summary>
public class Ja3VectorTests : VectorTests
{
    [Fact]
    public void Fingerprints() => ForEach("ja3", (input, expected) =>
    {
        TcpConversation conversation = new TcpConversation().Open();
        foreach (JsonElement segment in input.GetProperty("segments").EnumerateArray())
        {
            conversation.Send(true, Convert.FromHexString(segment.GetString()!));
        }

        SortedDictionary<string, string> found = FlatEvent.Parse(CaptureReplay.Of(conversation.Build()).Document);
        Assert.Equal(expected.GetProperty("tls.client.ja3").GetRawText(), found["tls.client.ja3"]);
    });
}
