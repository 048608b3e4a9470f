using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Identity;
using TlsAppliance.Events.Processing;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests.Identity;

public class IdentityQueueTests
{
    private static readonly TlsSession Session = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).ServerHello(new HeldHelloBuilder()).Build();

    /// <summary>However many wait when the batch is read: few are hashed one by one, many together.</summary>
    [Fact]
    public void Each_of_any_number_of_events_has_its_own_identities()
    {
        for (int count = 1; count <= 3 * HashLanes.Count; count++)
        {
            EventBatch batch = Render(new TlsEventRenderer(Rendered.Ecs), count);
            AssertIdentities(batch, [.. Enumerable.Repeat("", count)]);
        }
    }

    /// <summary>The name is a part of what is hashed, so that its length decides how many blocks there are.</summary>
    [Fact]
    public void The_identity_holds_the_whole_name_of_the_sensor_however_long_it_is()
    {
        for (int length = 0; length < 200; length++)
        {
            string sensor = new('s', length);
            EventBatch batch = Render(new TlsEventRenderer(Rendered.Ecs with { Sensor = sensor }), HashLanes.Count);
            AssertIdentities(batch, [.. Enumerable.Repeat(sensor, HashLanes.Count)]);
        }
    }

    [Fact]
    public void Events_of_two_sensors_in_one_batch_keep_theirs()
    {
        EventBatch batch = new(1024, 1);
        TlsEventRenderer[] renderers = [new(Rendered.Ecs with { Sensor = "a" }), new(Rendered.Ecs with { Sensor = "sensor-b" })];
        string[] sensors = [.. Enumerable.Range(0, 40).Select(i => i / 5 % 2 == 0 ? "a" : "sensor-b")];
        for (int i = 0; i < sensors.Length; i++)
        {
            renderers[sensors[i] == "a" ? 0 : 1].Render(Session, Connection(i), batch);
        }

        AssertIdentities(batch, sensors);
    }

    [Fact]
    public void A_processor_whose_condition_asks_for_the_identity_finds_it()
    {
        string third = ((UInt128)Expected(2, "")).ToString("x32", null);
        EventOptions options = Rendered.Ecs with
        {
            Processors = [new EventProcessor.DropEvent { When = new EventCondition.EqualTo("event.id", third) }],
        };
        EventBatch batch = new(1024, 1);
        TlsEventRenderer renderer = new(options);
        bool[] kept = [.. Enumerable.Range(0, 4).Select(i => renderer.Render(Session, Connection(i), batch))];
        Assert.Equal([true, true, false, true], kept);
    }

    [Fact]
    public void An_event_without_the_fields_has_an_identity_all_the_same()
    {
        TlsEventRenderer renderer = new(Rendered.Ecs with { Processors = [new EventProcessor.DropFields(["event.id", "network.community_id"])] });
        EventBatch batch = Render(renderer, HashLanes.Count);
        Assert.Null(JsonNode.Parse(batch.Document(0))!.AsObject().At("event.id"));
        Assert.Equal(HashLanes.Count, batch.Entries.ToArray().Select(entry => (UInt128)entry.Id).Distinct().Count());
    }

    [Fact]
    public void A_batch_that_was_emptied_forgets_those_that_waited()
    {
        TlsEventRenderer renderer = new(Rendered.Ecs);
        EventBatch batch = Render(renderer, 3);
        Assert.False(batch.IsSettled);
        batch.Clear();
        Assert.True(batch.IsSettled);
        renderer.Render(Session, Connection(7), batch);
        Assert.Equal(Expected(7, ""), batch.Entries[0].Id);
        Assert.Equal(1, batch.Count);
    }

    private static EventBatch Render(TlsEventRenderer renderer, int count)
    {
        EventBatch batch = new(1024, 1);
        for (int i = 0; i < count; i++)
        {
            Assert.True(renderer.Render(Session, Connection(i), batch));
        }

        return batch;
    }

    private static void AssertIdentities(EventBatch batch, string[] sensors)
    {
        Assert.Equal(sensors.Length, batch.Count);
        for (int i = 0; i < sensors.Length; i++)
        {
            JsonObject document = JsonNode.Parse(batch.Document(i))!.AsObject();
            Assert.Equal(Expected(i, sensors[i]), batch.Entries[i].Id);
            Assert.Equal(((UInt128)Expected(i, sensors[i])).ToString("x32", null), (string?)document.At("event.id"));
            Assert.Equal(ExpectedCommunity(i), (string?)document.At("network.community_id"));
        }
    }

    private static ConnectionFacts Connection(int number) => Rendered.Connection(clientPort: (ushort)(1024 + number), client: number % 2 == 0 ? "192.168.1.35" : "2001:db8::35",
        server: number % 2 == 0 ? "93.184.216.34" : "2001:db8::1");

    private static EventId Expected(int number, string sensor)
    {
        EventIdentity identity = new(sensor);
        byte[] message = new byte[identity.MessageLength];
        identity.WriteMessage(Session, Connection(number), message);
        return new IdentityHash().Compute(message);
    }

    private static string ExpectedCommunity(int number)
    {
        byte[] message = new byte[CommunityId.LongestMessage], digest = new byte[CommunityId.DigestLength], text = new byte[CommunityId.Length];
        int length = CommunityId.WriteMessage(Connection(number).Key, seed: 0, message);
        Sha1Block.Hash(message.AsSpan(0, length), digest);
        CommunityId.WriteText(digest, text);
        return Encoding.ASCII.GetString(text);
    }
}
