using TlsAppliance.Events.Identity;

namespace TlsAppliance.Events.Delivery;

/// <summary>
/// Rendered events on their way to a sink: UTF-8 JSON documents back to back in one pooled buffer, each followed by a line feed. The sink calls
/// <see cref="Complete"/> once when it needs the bytes no longer.
/// </summary>
public sealed class EventBatch
{
    private readonly Action<EventBatch>? _recycle;
    private readonly IdentityQueue _pending = new();
    private byte[] _buffer;
    private EventEntry[] _entries;

    public EventBatch(int bytes, int events, Action<EventBatch>? recycle = null)
    {
        _buffer = GC.AllocateUninitializedArray<byte>(bytes);
        _entries = new EventEntry[events];
        _recycle = recycle;
    }

    public ReadOnlySpan<EventEntry> Entries
    {
        get
        {
            Settle();
            return _entries.AsSpan(0, Count);
        }
    }

    public int Count { get; private set; }

    /// <summary>Bytes of all documents, each with its line feed.</summary>
    public int Length { get; private set; }

    /// <summary>No identity is still to come; see <see cref="Settle"/>.</summary>
    public bool IsSettled => _pending.Count == 0;

    /// <summary>All documents, each with its line feed: one NDJSON text.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            Settle();
            return _buffer.AsMemory(0, Length);
        }
    }

    /// <summary>The document without its line feed.</summary>
    public ReadOnlySpan<byte> Document(int index)
    {
        Settle();
        return Stored(index);
    }

    /// <summary>Room for at least <paramref name="size"/> bytes after the last document; the buffer grows when needed.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_buffer.Length - Length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        }

        return _buffer.AsSpan(Length);
    }

    /// <summary>Makes the first <paramref name="length"/> bytes of the reserved room a document. The line feed is added here.</summary>
    public void Commit(int length, EventId id, long timestamp)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        Reserve(length + 1)[length] = (byte)'\n';
        _entries[Count++] = new EventEntry(Length, length, id, timestamp);
        Length += length + 1;
    }

    /// <summary>Where to write what names the session that is made a document next, and what its Community ID is made of; see <see cref="Commit(int, long, int, int, int)"/>.</summary>
    /// <param name="length">Bytes of the first.</param>
    internal Messages Draft(int length)
    {
        if (!_pending.Takes(length))
        {
            Settle();
        }

        return new Messages { Identity = _pending.Message(length), Community = _pending.Community() };
    }

    /// <summary>Like <see cref="Commit(int, EventId, long)"/>, with an identity that is still to be made of the draft: several together take less time.</summary>
    /// <param name="length">Bytes of the document.</param>
    /// <param name="timestamp">See <see cref="EventEntry.Timestamp"/>.</param>
    /// <param name="idAt">Offset of the text that stands in for <c>event.id</c>; -1 without.</param>
    /// <param name="communityAt">Offset of the text that stands in for the Community ID; -1 without.</param>
    /// <param name="communityLength">Bytes of the second draft.</param>
    internal void Commit(int length, long timestamp, int idAt, int communityAt, int communityLength)
    {
        Commit(length, default, timestamp);
        _pending.Add(new PendingEvent(Count - 1, idAt, communityAt, communityLength));
    }

    internal void Identify(in PendingEvent settled, EventId id, ReadOnlySpan<byte> communityDigest)
    {
        ref EventEntry entry = ref _entries[settled.Entry];
        entry = entry with { Id = id };
        Span<byte> document = Stored(settled.Entry);
        if (settled.IdAt >= 0)
        {
            EventIdentity.WriteText(id, document[settled.IdAt..]);
        }

        if (settled.CommunityAt >= 0)
        {
            CommunityId.WriteText(communityDigest, document[settled.CommunityAt..]);
        }
    }

    /// <summary>
    /// Makes the identities that are still to come. Whoever reads the batch does so unasked; a batch that goes to another thread is settled before.
    /// </summary>
    public void Settle()
    {
        if (!IsSettled)
        {
            _pending.Settle(this);
        }
    }

    /// <summary>Empties the batch for its next use.</summary>
    public void Clear()
    {
        _pending.Clear();
        (Count, Length) = (0, 0);
    }

    /// <summary>The bytes are not needed any more; the batch goes back to its owner.</summary>
    public void Complete() => _recycle?.Invoke(this);

    private Span<byte> Stored(int index) => _buffer.AsSpan(_entries[index].Offset, _entries[index].Length);

    /// <summary>What is hashed of an event.</summary>
    internal readonly ref struct Messages
    {
        public required Span<byte> Identity { get; init; }

        public required Span<byte> Community { get; init; }
    }
}
