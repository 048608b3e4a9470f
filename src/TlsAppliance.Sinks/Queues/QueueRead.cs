using System.Buffers;
using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// Events handed out by one read, valid until <see cref="Dispose"/>, whatever happens to the queue: their memory is the queue's own, which it does not use again
/// before. Numbers rise but may leave some out: records that were damaged on the disk.
/// </summary>
public sealed class QueueRead : IDisposable
{
    private QueuedEvent[] _events;
    private DocumentPlace[] _places;

    internal QueueRead(EventLayout layout, int events)
    {
        Layout = layout;
        _events = ArrayPool<QueuedEvent>.Shared.Rent(events);
        _places = ArrayPool<DocumentPlace>.Shared.Rent(events);
    }

    /// <summary>
    /// How all documents of this read are laid out. A queue that was left by a run with the other layout hands these events out first, in reads of their own,
    /// so that each goes to the index of its layout.
    /// </summary>
    public EventLayout Layout { get; }

    public int Count { get; private set; }

    /// <summary>Bytes of all documents.</summary>
    public long Bytes { get; private set; }

    public ReadOnlySpan<QueuedEvent> Events => _events.AsSpan(0, Count);

    /// <summary>Bytes of the blocks that cannot be used for anything else while this read lives.</summary>
    internal long HeldBytes { get; private set; }

    /// <summary>The document of an event: UTF-8 JSON without line feed, as it was rendered.</summary>
    public ReadOnlySpan<byte> Document(int index) => _places[index].Bytes;

    /// <summary>As <see cref="Document"/>, for what has to live across an await, up to <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> DocumentMemory(int index) => _places[index].Block.Bytes.AsMemory(_places[index].Offset, _places[index].Length);

    /// <summary>Gives the memory back; the spans and memories taken from it are invalid. Acknowledges nothing. Idempotent.</summary>
    public void Dispose()
    {
        if (_places.Length == 0)
        {
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            if (BeginsBlock(i))
            {
                _places[i].Block.LetGo();
            }
        }

        _places.AsSpan(0, Count).Clear();
        ArrayPool<DocumentPlace>.Shared.Return(_places);
        ArrayPool<QueuedEvent>.Shared.Return(_events);
        (_places, _events, Count, Bytes, HeldBytes) = ([], [], 0, 0, 0);
    }

    /// <summary>Adds an event; its document's block is held from now on.</summary>
    internal void Add(long number, UInt128 id, long timestamp, long queued, DocumentPlace document)
    {
        if (Count == _events.Length || Count == _places.Length)
        {
            Grow(ref _events, Count);
            Grow(ref _places, Count);
        }

        _events[Count] = new QueuedEvent(number, id, timestamp, queued, document.Length);
        _places[Count] = document;
        if (BeginsBlock(Count++))
        {
            document.Block.Hold();
            HeldBytes += document.Block.Bytes.Length;
        }

        Bytes += document.Length;
    }

    private static void Grow<T>(ref T[] array, int used)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(array.Length * 2);
        array.AsSpan(0, used).CopyTo(larger);
        array.AsSpan(0, used).Clear();
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    private bool BeginsBlock(int index) => index == 0 || _places[index].Block != _places[index - 1].Block;
}
