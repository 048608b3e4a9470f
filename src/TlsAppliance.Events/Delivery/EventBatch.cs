namespace TlsAppliance.Events.Delivery;

/// <summary>
/// Rendered events on their way to a sink: UTF-8 JSON documents back to back in one pooled buffer, each followed by a line feed. The sink calls
/// <see cref="Complete"/> once when it needs the bytes no longer.
/// </summary>
public sealed class EventBatch
{
    private readonly Action<EventBatch>? _recycle;
    private byte[] _buffer;
    private EventEntry[] _entries;
    private int _length;

    public EventBatch(int bytes, int events, Action<EventBatch>? recycle = null)
    {
        _buffer = GC.AllocateUninitializedArray<byte>(bytes);
        _entries = new EventEntry[events];
        _recycle = recycle;
    }

    public ReadOnlySpan<EventEntry> Entries => _entries.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>All documents, each with its line feed: one NDJSON text.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>The document without its line feed.</summary>
    public ReadOnlySpan<byte> Document(int index) => _buffer.AsSpan(_entries[index].Offset, _entries[index].Length);

    /// <summary>Room for at least <paramref name="size"/> bytes after the last document; the buffer grows when needed.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }

        return _buffer.AsSpan(_length);
    }

    /// <summary>Makes the first <paramref name="length"/> bytes of the reserved room a document. The line feed is added here.</summary>
    public void Commit(int length, EventId id, long timestamp)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        Reserve(length + 1)[length] = (byte)'\n';
        _entries[Count++] = new EventEntry(_length, length, id, timestamp);
        _length += length + 1;
    }

    /// <summary>Empties the batch for its next use.</summary>
    public void Clear() => (Count, _length) = (0, 0);

    /// <summary>The bytes are not needed any more; the batch goes back to its owner.</summary>
    public void Complete() => _recycle?.Invoke(this);
}
