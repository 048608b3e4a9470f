using System.Buffers;
using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Events handed out by one read: copies in pooled memory, valid until <see cref="Dispose"/>, whatever happens to the queue. Numbers rise but may leave some
/// out: records that were damaged on the disk.
/// </summary>
public sealed class QueueRead : IDisposable
{
    private byte[] _bytes;
    private QueuedEvent[] _events;
    private int _length;

    internal QueueRead(EventLayout layout, int events, int bytes)
    {
        Layout = layout;
        _bytes = ArrayPool<byte>.Shared.Rent(bytes);
        _events = ArrayPool<QueuedEvent>.Shared.Rent(events);
    }

    /// <summary>
    /// How all documents of this read are laid out. A queue that was left by a run with the other layout hands these events out first, in reads of their own,
    /// so that each goes to the index of its layout.
    /// </summary>
    public EventLayout Layout { get; }

    public int Count { get; private set; }

    /// <summary>Bytes of all documents.</summary>
    public long Bytes => _length;

    public ReadOnlySpan<QueuedEvent> Events => _events.AsSpan(0, Count);

    /// <summary>The document of an event: UTF-8 JSON without line feed, as it was rendered.</summary>
    public ReadOnlySpan<byte> Document(int index) => _bytes.AsSpan(_events[index].Offset, _events[index].Length);

    /// <summary>As <see cref="Document"/>, for what has to live across an await, up to <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> DocumentMemory(int index) => _bytes.AsMemory(_events[index].Offset, _events[index].Length);

    /// <summary>Gives the memory back; the spans and memories taken from it are invalid. Acknowledges nothing. Idempotent.</summary>
    public void Dispose()
    {
        if (_bytes.Length == 0)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<QueuedEvent>.Shared.Return(_events);
        (_bytes, _events, Count, _length) = ([], [], 0, 0);
    }

    internal void Add(long number, UInt128 id, long timestamp, long queued, ReadOnlySpan<byte> document)
    {
        if (_bytes.Length - _length < document.Length)
        {
            Grow(ref _bytes, _length, _length + document.Length);
        }

        if (Count == _events.Length)
        {
            Grow(ref _events, Count, Count + 1);
        }

        document.CopyTo(_bytes.AsSpan(_length));
        _events[Count++] = new QueuedEvent(number, id, timestamp, queued, _length, document.Length);
        _length += document.Length;
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, array.Length * 2));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
