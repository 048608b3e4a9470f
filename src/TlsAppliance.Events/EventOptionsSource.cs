namespace TlsAppliance.Events;

/// <summary>Options of events that may be exchanged while events are rendered: each renderer takes the new ones with its next event, none is lost or mixed.</summary>
public sealed class EventOptionsSource
{
    private volatile EventOptions _current;

    /// <param name="current">What holds until it is replaced.</param>
    public EventOptionsSource(EventOptions current) => _current = current;

    public EventOptions Current => _current;

    /// <exception cref="FormatException">As of <see cref="TlsEventRenderer(EventOptions)"/>; nothing was changed.</exception>
    /// <exception cref="ArgumentException">As of <see cref="TlsEventRenderer(EventOptions)"/>; nothing was changed.</exception>
    public void Replace(EventOptions options)
    {
        // A renderer that cannot be made would fail in a shard, in the middle of its work.
        _ = new TlsEventRenderer(options);
        _current = options;
    }
}
