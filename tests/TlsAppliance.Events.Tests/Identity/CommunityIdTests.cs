using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Events.Identity;

namespace TlsAppliance.Events.Tests.Identity;

public class CommunityIdTests
{
    public static TheoryData<string> Vectors => [.. PacketbeatVectors.OfKind("community_id").Select(vector => (string)vector["id"]!)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_vectors_of_Packetbeat(string id)
    {
        JsonObject vector = PacketbeatVectors.WithId(id);
        JsonNode input = vector["input"]!;
        Assert.Equal("tcp", (string?)input["transport"]);
        Assert.Equal(
            (string?)vector["expected"]!["network.community_id"],
            Of((string)input["source"]!, (ushort)input["source_port"]!, (string)input["destination"]!, (ushort)input["destination_port"]!));
    }

    [Theory]
    [InlineData("128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("66.35.250.204", 80, "128.232.110.120", 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=")]
    [InlineData("192.168.1.35", 59455, "93.184.216.34", 443, "1:fx1jENdlg6r3LIvBRG3wEboWbPY=")]
    [InlineData("2607:f8b0:400c:c03::1a", 25, "2001:470:e5bf:dead:4957:2174:e82c:4887", 63943, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=")]
    public void Is_the_same_for_both_directions(string source, int sourcePort, string destination, int destinationPort, string expected) =>
        Assert.Equal(expected, Of(source, (ushort)sourcePort, destination, (ushort)destinationPort));

    private static string Of(string source, ushort sourcePort, string destination, ushort destinationPort)
    {
        byte[] message = new byte[CommunityId.LongestMessage], digest = new byte[CommunityId.DigestLength], text = new byte[CommunityId.Length];
        int length = CommunityId.WriteMessage(Rendered.Key(source, sourcePort, destination, destinationPort, out _), seed: 0, message);
        Sha1Block.Hash(message.AsSpan(0, length), digest);
        CommunityId.WriteText(digest, text);
        return Encoding.ASCII.GetString(text);
    }
}
