using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.Files;

namespace TlsAppliance.Commands;

/// <summary>
/// One event file per capture: each is complete before the next begins, and empty when nothing was found. One that was not completed is given up, and what an
/// earlier run wrote there stays.
/// </summary>
internal sealed class PerFileSink(string directory) : IEventSink, IDisposable
{
    private NdjsonFileSink? _current;

    /// <summary>Completes the file in hand and begins the one of the next capture.</summary>
    /// <exception cref="OutputException">The file cannot be made.</exception>
    /// <returns>The new file's path.</returns>
    public string Begin(string outputName)
    {
        Complete();
        _current = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = EventFileNames.ForCapture(directory, outputName), Replace = true });
        return _current.Path;
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken) => _current!.WriteAsync(batch, cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => _current?.FlushAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>The file in hand holds everything.</summary>
    public void Complete()
    {
        _current?.Dispose();
        _current = null;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives up the file in hand.</summary>
    public void Dispose()
    {
        _current?.Abandon();
        _current = null;
    }
}
