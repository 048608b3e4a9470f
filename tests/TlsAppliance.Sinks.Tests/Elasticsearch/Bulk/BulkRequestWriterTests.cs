using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Bulk;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Bulk;

public sealed class BulkRequestWriterTests : IDisposable
{
    private readonly BulkRequestWriter _writer = new(IndexNamePattern.Parse(IndexNamePattern.Daily, new Dictionary<string, string>()));

    private static readonly byte[] Document = "{\"é\":1}"u8.ToArray();

    public void Dispose() => _writer.Dispose();

    private bool Add(UInt128 id, long timestamp, int limit = int.MaxValue, EventLayout layout = EventLayout.Classic) =>
        _writer.TryAdd(layout, new QueuedEvent(1, id, timestamp, 0, Document.Length), Document, limit);

    private string Body => Encoding.UTF8.GetString(_writer.Body.Span);

    [Fact]
    public void Writes_one_line_for_the_action_and_one_for_the_document()
    {
        Add(UInt128.MaxValue, Delivery.Today + Delivery.Day - 1);
        Add(255, Delivery.Today + Delivery.Day, layout: EventLayout.Ecs);
        Assert.Equal(
            """
            {"create":{"_index":"tls-appliance-classic-2026.11.28","_id":"ffffffffffffffffffffffffffffffff"}}
            {"é":1}
            {"create":{"_index":"tls-appliance-ecs-2026.11.29","_id":"000000000000000000000000000000ff"}}
            {"é":1}

            """,
            Body);
    }

    [Fact]
    public void Sessions_of_one_day_before_1970_and_after_do_not_meet_in_one_index()
    {
        Add(1, -1);
        Add(2, 0);
        Assert.Contains("classic-1969.12.31", Body, StringComparison.Ordinal);
        Assert.Contains("classic-1970.01.01", Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Stays_within_the_limit_to_the_byte_but_for_a_first_event_that_is_larger()
    {
        Add(1, 0);
        int one = _writer.Body.Length;
        Assert.True(Add(2, 0, one * 2));
        Assert.False(Add(3, 0, (one * 3) - 1));
        Assert.Equal(one * 2, _writer.Body.Length);
        Assert.True(Add(3, 0, one * 3));

        _writer.Clear();
        Assert.True(Add(4, 0, limit: 1));
        Assert.Equal(one, _writer.Body.Length);
    }

    [Fact]
    public void Knows_the_day_of_every_event_of_a_long_archive()
    {
        for (int day = 0; day < 3000; day++)
        {
            _writer.Clear();
            Add(1, day * Delivery.Day);
            Assert.Contains(DateTime.UnixEpoch.AddDays(day).ToString("'classic-'yyyy.MM.dd'\"'"), Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_probe_asks_for_the_same_index_and_can_store_nothing()
    {
        _writer.WriteProbe(EventLayout.Classic, new QueuedEvent(1, 7, Delivery.Today, 0, 0));
        Assert.Equal("{\"create\":{\"_index\":\"tls-appliance-classic-2026.11.28\",\"_id\":\"\"}}\n{}\n", Body);
    }
}
