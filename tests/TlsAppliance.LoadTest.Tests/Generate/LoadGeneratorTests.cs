using System.Text.Json;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events.Delivery;
using TlsAppliance.LoadTest.Generate;
using TlsAppliance.Pipeline;
using TlsAppliance.Testing;

namespace TlsAppliance.LoadTest.Tests.Generate;

/// <summary>What is measured with a generated load is worth nothing unless the events say what the generator sent.</summary>
public class LoadGeneratorTests
{
    [Theory]
    [InlineData("HandshakeStorm", 1)]
    [InlineData("EnterpriseMix", 2)]
    [InlineData("Bulk", 3)]
    public void Events_say_what_was_generated(string profile, int seed)
    {
        using TemporaryFolder folder = new();
        LoadOptions options = Options(folder, "a", Enum.Parse<LoadProfile>(profile)) with { Seed = (ulong)seed, Disturbance = 0.01, Truth = folder.Combine("truth") };
        LoadStatistics statistics = new LoadGenerator(options).Run();
        Dictionary<string, JsonElement> events = Events(options.Output).ToDictionary(Endpoints);
        JsonElement[] truths = [.. File.ReadLines(options.Truth!).Select(line => JsonElement.Parse(line))];
        Assert.Equal(statistics.TlsSessions, truths.Length);
        Assert.Equal(truths.Length, events.Count);
        foreach (JsonElement truth in truths)
        {
            JsonElement found = events[$"{truth.GetProperty("client")}:{truth.GetProperty("client_port")}"];
            Assert.Equal(Expected(truth), Found(found));
        }
    }

    [Fact]
    public void Every_flow_of_many_holds_a_hello()
    {
        using TemporaryFolder folder = new();
        LoadOptions options = Options(folder, "a", LoadProfile.ManyFlows);
        LoadStatistics statistics = new LoadGenerator(options).Run();
        Assert.Equal(options.Flows, statistics.TlsSessions);
        Assert.Equal(options.Flows, Events(options.Output).Length);
    }

    [Fact]
    public void The_same_arguments_give_the_same_bytes_and_another_seed_gives_others()
    {
        using TemporaryFolder folder = new();
        LoadOptions a = Options(folder, "a", LoadProfile.EnterpriseMix), b = a with { Output = folder.Combine("b") }, c = a with { Output = folder.Combine("c"), Seed = 9 };
        foreach (LoadOptions options in new[] { a, b, c })
        {
            new LoadGenerator(options).Run();
        }

        Assert.Equal(File.ReadAllBytes(a.Output), File.ReadAllBytes(b.Output));
        Assert.NotEqual(File.ReadAllBytes(a.Output), File.ReadAllBytes(c.Output));
    }

    private static LoadOptions Options(TemporaryFolder folder, string name, LoadProfile profile) =>
        new() { Profile = profile, Output = folder.Combine(name), Flows = profile == LoadProfile.Bulk ? 20 : 300, Servers = 8, Clients = 100 };

    private static string Expected(JsonElement truth) => string.Join(' ',
        truth.GetProperty("server"), truth.GetProperty("server_port"), truth.GetProperty("sni"), truth.GetProperty("ja3"), truth.GetProperty("resumed"),
        truth.GetProperty("established"));

    private static string Found(JsonElement found) => string.Join(' ',
        found.GetProperty("server").GetProperty("ip"), found.GetProperty("server").GetProperty("port"), found.GetProperty("server").GetProperty("domain"),
        found.GetProperty("tls").GetProperty("fingerprints").GetProperty("ja3").GetProperty("hash"), found.GetProperty("tls").GetProperty("resumed"),
        found.GetProperty("tls").GetProperty("handshake_completed"));

    private static string Endpoints(JsonElement found) => $"{found.GetProperty("client").GetProperty("ip")}:{found.GetProperty("client").GetProperty("port")}";

    private static JsonElement[] Events(string capture)
    {
        Collection events = new();
        using MergedCaptureSource source = new(CaptureInputs.Resolve([capture]));
        new AppliancePipeline(new PipelineOptions { Shards = 2 }, events).Run(source, CancellationToken.None);
        return [.. events.Documents];
    }

    private sealed class Collection : IEventSink
    {
        public List<JsonElement> Documents { get; } = [];

        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            for (int index = 0; index < batch.Count; index++)
            {
                Documents.Add(JsonElement.Parse(batch.Document(index)));
            }

            batch.Complete();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
