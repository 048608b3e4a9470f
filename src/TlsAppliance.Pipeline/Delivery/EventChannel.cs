using System.Threading.Channels;

namespace TlsAppliance.Pipeline.Delivery;

/// <summary>The way of event batches from all shards to the sink, and the word back when the sink has failed.</summary>
internal sealed class EventChannel
{
    /// <summary>Batches of up to a megabyte under way; a full channel makes the shards wait.</summary>
    public const int Capacity = 16;

    private readonly Channel<EventDelivery> _channel = Channel.CreateBounded<EventDelivery>(new BoundedChannelOptions(Capacity)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
        SingleWriter = false,

        // What waits here is a message to an actor: sending it from the other end's thread takes no time.
        AllowSynchronousContinuations = true,
    });

    private Exception? _failure;

    public ChannelReader<EventDelivery> Reader => _channel.Reader;

    public ChannelWriter<EventDelivery> Writer => _channel.Writer;

    /// <summary>Why the sink takes no more, or null. What still comes is counted as undelivered.</summary>
    public Exception? Failure
    {
        get => Volatile.Read(ref _failure);
        set => Volatile.Write(ref _failure, value);
    }
}
