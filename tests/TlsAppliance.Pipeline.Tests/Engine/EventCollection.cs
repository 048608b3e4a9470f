using System.Text;
using System.Text.Json;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Tests.Engine;

/// <summary>A sink that keeps what it takes; the hook may be slow or fail.</summary>
internal sealed class EventCollection : IEventSink
{
    private readonly List<string> _documents = [];
    private readonly List<UInt128> _ids = [];

    /// <summary>Called before a batch is taken.</summary>
    public Func<CancellationToken, ValueTask>? OnWrite { get; init; }

    /// <summary>All documents in ordinal order.</summary>
    public string[] Documents => [.. _documents.Order(StringComparer.Ordinal)];

    public IReadOnlyList<UInt128> Ids => _ids;

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (OnWrite is { } hook)
        {
            await hook(cancellationToken);
        }

        for (int index = 0; index < batch.Count; index++)
        {
            _documents.Add(Encoding.UTF8.GetString(batch.Document(index)));
            _ids.Add(batch.Entries[index].Id);
        }

        batch.Complete();
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The client's port, by which the tests tell their connections apart.</summary>
    public static int ClientPort(string document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document);
        return parsed.RootElement.GetProperty("client").GetProperty("port").GetInt32();
    }

    public static string EndReason(string document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document);
        return parsed.RootElement.GetProperty("tls_appliance").GetProperty("end_reason").GetString()!;
    }
}
