using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>Takes events and leaves out of them what is of the moment: times, and what is made from them.</summary>
internal sealed class TimelessEvents : IEventSink, IDisposable
{
    private static readonly string[] s_ofTheMoment = ["start", "end", "duration", "id"];

    private readonly List<string> _events = [];

    public string[] Sorted => [.. _events.Order(StringComparer.Ordinal)];

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            JsonObject document = JsonNode.Parse(batch.Document(index))!.AsObject();
            document.Remove("@timestamp");
            JsonObject about = document["event"]!.AsObject();
            Array.ForEach(s_ofTheMoment, name => about.Remove(name));
            (document["tls_appliance"] as JsonObject)?.Remove("timing");
            _events.Add(document.ToJsonString());
        }

        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
    }
}
