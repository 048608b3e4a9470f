using System.Buffers;
using System.Globalization;
using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>
/// Writes the body of a bulk request: per event one action line with index and id, and the document as it was rendered. One request at a time; the buffer is
/// used again and given back at the end.
/// </summary>
internal sealed class BulkRequestWriter : IDisposable
{
    private const int IdLength = 32;

    /// <summary>Index names that are kept; an archive of many days sorted by nothing makes no difference beyond this.</summary>
    private const int MaximumNames = 1024;

    private static readonly byte[] s_emptyIdAndDocument = "\",\"_id\":\"\"}}\n{}\n"u8.ToArray();

    private readonly Dictionary<(EventLayout Layout, long Period), byte[]> _heads = [];
    private readonly IndexNamePattern _pattern;
    private readonly long _period;
    private byte[] _buffer = [];
    private int _length;

    public BulkRequestWriter(IndexNamePattern pattern)
    {
        _pattern = pattern;
        _period = pattern.Period == TimeSpan.MaxValue ? long.MaxValue : (long)pattern.Period.TotalNanoseconds;
    }

    /// <summary>The body so far; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Adds an event, unless the body would become larger than <paramref name="limit"/>; the first one is always added.</summary>
    public bool TryAdd(EventLayout layout, in QueuedEvent queued, ReadOnlySpan<byte> document, int limit)
    {
        byte[] head = Head(layout, queued.Timestamp);
        ReadOnlySpan<byte> middle = "\",\"_id\":\""u8;
        ReadOnlySpan<byte> tail = "\"}}\n"u8;
        int size = head.Length + middle.Length + IdLength + tail.Length + document.Length + 1;
        if (_length > 0 && _length + (long)size > limit)
        {
            return false;
        }

        Reserve(size);
        Append(head);
        Append(middle);
        queued.Id.TryFormat(_buffer.AsSpan(_length), out int written, "x32", CultureInfo.InvariantCulture);
        _length += written;
        Append(tail);
        Append(document);
        _buffer[_length++] = (byte)'\n';
        return true;
    }

    /// <summary>
    /// A request that stores nothing, for an empty id is refused for itself: when the server answers it with 200, it understands our requests, and what it
    /// refused as a whole was the event's fault.
    /// </summary>
    public void WriteProbe(EventLayout layout, in QueuedEvent queued)
    {
        Clear();
        byte[] head = Head(layout, queued.Timestamp);
        Reserve(head.Length + s_emptyIdAndDocument.Length);
        Append(head);
        Append(s_emptyIdAndDocument);
    }

    public string IndexOf(EventLayout layout, in QueuedEvent queued) => _pattern.For(layout, queued.Timestamp);

    public void Dispose()
    {
        byte[] buffer = _buffer;
        (_buffer, _length) = ([], 0);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The action line up to the end of the index's name, the same for all events of one period.</summary>
    private byte[] Head(EventLayout layout, long timestamp)
    {
        (EventLayout, long) key = (layout, Math.DivRem(timestamp, _period) is var (period, rest) && rest < 0 ? period - 1 : period);
        if (!_heads.TryGetValue(key, out byte[]? head))
        {
            if (_heads.Count == MaximumNames)
            {
                _heads.Clear();
            }

            _heads.Add(key, head = Encoding.UTF8.GetBytes("{\"create\":{\"_index\":\"" + _pattern.For(layout, timestamp)));
        }

        return head;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _length >= size)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        byte[] old = _buffer;
        _buffer = larger;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
