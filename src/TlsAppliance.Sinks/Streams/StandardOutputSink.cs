using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Streams;

/// <summary>
/// Writes events as NDJSON to a stream that it does not own: the standard output, as the host opened it. A batch goes out in one write, so a
/// reader at the other end of a pipe sees whole lines.
/// </summary>
public sealed class StandardOutputSink : IEventSink
{
    private readonly Stream _output;

    public StandardOutputSink(Stream output) => _output = output;

    public SinkCounters Counters { get; } = new();

    /// <exception cref="OutputException">The stream takes no more; <see cref="OutputException.ReaderIsGone"/> tells a closed pipe from a failure.</exception>
    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            _output.Write(batch.Bytes.Span);
            Counters.Delivered(batch.Count, batch.Bytes.Length);
        }
        catch (IOException failure)
        {
            throw new OutputException("standard output", failure);
        }
        finally
        {
            batch.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            _output.Flush();
        }
        catch (IOException failure)
        {
            throw new OutputException("standard output", failure);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
