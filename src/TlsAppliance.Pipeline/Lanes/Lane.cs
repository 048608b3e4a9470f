using System.Threading.Channels;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>
/// The way from the dispatcher to one shard: a bounded channel of batches, and the way back for empty ones. It belongs to the pipeline and outlives the shard:
/// a restarted one goes on behind the entry that its predecessor failed at.
/// </summary>
internal sealed class Lane
{
    /// <summary>Batches in rotation: enough to bridge a pause of either side, few enough to stay in the cache.</summary>
    public const int Batches = 8;

    private readonly Channel<FrameBatch> _full = Channel.CreateBounded<FrameBatch>(new BoundedChannelOptions(Batches)
    {
        // There are no more batches than places, so writing never waits; taking an empty one does.
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
        SingleWriter = false,
        AllowSynchronousContinuations = false,
    });

    private readonly Channel<FrameBatch> _empty = Channel.CreateBounded<FrameBatch>(new BoundedChannelOptions(Batches)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
        SingleWriter = true,
        AllowSynchronousContinuations = false,
    });

    private FrameBatch? _filling;
    private long _waits;

    public Lane(int index)
    {
        Index = index;
        for (int i = 0; i < Batches; i++)
        {
            _empty.Writer.TryWrite(new FrameBatch());
        }
    }

    public int Index { get; }

    /// <summary>Times that the dispatcher had to wait for the shard.</summary>
    public long Waits => Volatile.Read(ref _waits);

    // Reader's side. ---------------------------------------------------------------------------------------------------------------

    /// <summary>The batch being read; survives a restart of the shard.</summary>
    public FrameBatch? InHand { get; private set; }

    /// <summary>The next entry of <see cref="InHand"/>. It moves before an entry is read, so that a fault neither repeats it nor loses the rest.</summary>
    public int Cursor { get; set; }

    /// <summary>The mark of the end was read; nothing follows. Survives a restart, too.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Completes when there is something to take.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _full.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Puts the next batch in hand, unless there is one already.</summary>
    public bool TryTake()
    {
        if (InHand is not null)
        {
            return true;
        }

        if (!_full.Reader.TryRead(out FrameBatch? batch))
        {
            return false;
        }

        InHand = batch;
        Cursor = 0;
        return true;
    }

    /// <summary>Gives the batch in hand back.</summary>
    public void Return()
    {
        _empty.Writer.TryWrite(InHand!);
        InHand = null;
    }

    // Writer's side. ---------------------------------------------------------------------------------------------------------------

    /// <summary>Empties each batch that came back for its next use, and takes from it the connections that the shard has finished.</summary>
    public Action<FrameBatch> OnReturned { get; set; } = batch => batch.Clear();

    /// <summary>Makes room when all batches are full, on the writer's thread; null: the writer waits for the reader's thread to do so.</summary>
    public Action? WhenFull { get; init; }

    public void Add(in CapturedFrame frame, ReadOnlySpan<byte> bytes, in DecodedFrame decoded, ulong hash)
    {
        while (!(_filling ??= Rent()).TryAdd(frame, bytes, decoded, hash))
        {
            Flush();
        }
    }

    public void Mark(LaneEntryKind kind, long value)
    {
        while (!(_filling ??= Rent()).TryMark(kind, value))
        {
            Flush();
        }
    }

    /// <summary>Sends what is collected.</summary>
    public void Flush()
    {
        if (_filling is { Count: > 0 } batch)
        {
            _filling = null;
            _full.Writer.TryWrite(batch);
        }
    }

    private FrameBatch Rent()
    {
        FrameBatch? batch;
        while (!_empty.Reader.TryRead(out batch))
        {
            MakeRoom();
        }

        OnReturned(batch);
        return batch;
    }

    private void MakeRoom()
    {
        if (WhenFull is { } read)
        {
            read();
            return;
        }

        _waits++;
        _empty.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
    }
}
