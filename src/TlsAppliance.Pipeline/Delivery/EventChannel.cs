using System.Threading.Channels;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>The way of event batches from all shards to the sink.</summary>
internal sealed class EventChannel
{
    /// <summary>Batches of up to a megabyte under way; a full channel makes the shards wait.</summary>
    public const int Capacity = 16;

    private readonly Channel<EventBatch> _channel = Channel.CreateBounded<EventBatch>(new BoundedChannelOptions(Capacity)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
        SingleWriter = false,
        AllowSynchronousContinuations = false,
    });

    public ChannelReader<EventBatch> Reader => _channel.Reader;

    public ChannelWriter<EventBatch> Writer => _channel.Writer;
}
