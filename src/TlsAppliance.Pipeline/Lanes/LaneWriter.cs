using System.Threading.Channels;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>One dispatcher's end of a lane: batches in the making, and the way back for empty ones. One thread.</summary>
internal sealed class LaneWriter
{
    private readonly ChannelWriter<FrameBatch> _full;
    private readonly Channel<FrameBatch> _returned;

    /// <summary>The batch that came back last is used next: its memory is still in the cache.</summary>
    private readonly Stack<FrameBatch> _empty;
    private readonly int _batches;
    private readonly object _gate = new();
    private readonly int _collected;
    private readonly Queue<FrameBatch> _ready = new();
    private FrameBatch? _filling;
    private Task<bool>? _room;
    private volatile bool _isWaiting;
    private long _waits;

    /// <param name="index">Ordinal among the lane's writers.</param>
    /// <param name="full">The way to the shard.</param>
    /// <param name="batches">Batches in rotation.</param>
    /// <param name="collected">Full batches that are kept back until <see cref="Flush"/>: a shard that sleeps is woken for many at once, which costs as much as for one.</param>
    public LaneWriter(int index, ChannelWriter<FrameBatch> full, int batches, int collected = 0)
    {
        (_full, _batches, _collected) = (full, batches, collected);
        _returned = Channel.CreateBounded<FrameBatch>(new BoundedChannelOptions(batches)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            SingleWriter = true,
            AllowSynchronousContinuations = false,
        });
        _empty = new Stack<FrameBatch>(batches);
        for (int batch = 0; batch < batches; batch++)
        {
            _empty.Push(new FrameBatch(index));
        }
    }

    /// <summary>Times that the dispatcher had to wait for the shard.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Takes from a batch that came back the connections that the shard has finished.</summary>
    public Action<FrameBatch>? OnReturned { get; set; }

    /// <summary>Called before the dispatcher waits for the reader's thread to make room.</summary>
    public Action? OnWaiting { get; set; }

    /// <summary>Ordinal of the segment of the input that is being written.</summary>
    public int Segment { get; set; }

    /// <summary>Makes room when all batches are full, on the writer's thread; null: the writer waits for the reader's thread to do so.</summary>
    public Action? WhenFull { get; set; }

    /// <summary>When the present batch was begun, less than a quarter of the batches were empty.</summary>
    public bool IsNearlyFull { get; private set; }

    /// <summary>A frame of so many bytes, or with none a mark, finds room without waiting.</summary>
    public bool HasRoom(int bytes = 0) => _filling is { } batch && batch.HasRoom(bytes) || _empty.Count > 0 || _returned.Reader.Count > 0;

    /// <summary>Waits for room, but not longer than this.</summary>
    public void WaitForRoom(TimeSpan limit)
    {
        _waits++;
        _room ??= _returned.Reader.WaitToReadAsync().AsTask();
        if (_room.Wait(limit))
        {
            _room = null;
        }
    }

    public void Add(in CapturedFrame frame, ReadOnlySpan<byte> bytes, in DecodedFrame decoded, ulong hash)
    {
        while (!(_filling ??= Rent()).TryAdd(frame, bytes, decoded, hash))
        {
            Close();
        }
    }

    public void Mark(LaneEntryKind kind, long value)
    {
        while (!(_filling ??= Rent()).TryMark(kind, value))
        {
            Close();
        }
    }

    /// <summary>Sends what is collected.</summary>
    public void Flush()
    {
        if (_filling is { Count: > 0 } batch)
        {
            _filling = null;
            _ready.Enqueue(batch);
        }

        Send();
    }

    /// <summary>Looks what has come back: what the shards have finished should be known soon, and that batch be filled next.</summary>
    public void TakeReturned()
    {
        while (_returned.Reader.TryRead(out FrameBatch? batch))
        {
            OnReturned?.Invoke(batch);
            batch.Clear();
            _empty.Push(batch);
        }
    }

    /// <summary>A batch is full.</summary>
    private void Close()
    {
        _ready.Enqueue(_filling!);
        _filling = null;
        if (_ready.Count > _collected)
        {
            Send();
        }
    }

    private void Send()
    {
        while (_ready.TryDequeue(out FrameBatch? batch))
        {
            _full.TryWrite(batch);
        }
    }

    /// <summary>The reader has done with a batch. Called on its thread.</summary>
    public void Return(FrameBatch batch)
    {
        _returned.Writer.TryWrite(batch);
        Interlocked.MemoryBarrier();
        if (_isWaiting && HasMuchRoom)
        {
            lock (_gate)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>A dispatcher that had to wait goes on when half of its batches are back: one change of threads for many batches.</summary>
    private bool HasMuchRoom => _returned.Reader.Count >= (_batches + 1) / 2;

    private FrameBatch Rent()
    {
        TakeReturned();
        while (_empty.Count == 0)
        {
            MakeRoom();
            TakeReturned();
        }

        FrameBatch batch = _empty.Pop();
        batch.Segment = Segment;
        IsNearlyFull = _empty.Count < _batches / 4;
        return batch;
    }

    private void MakeRoom()
    {
        Send();
        if (WhenFull is { } read)
        {
            read();
            return;
        }

        _waits++;
        OnWaiting?.Invoke();
        lock (_gate)
        {
            _isWaiting = true;
            Interlocked.MemoryBarrier();
            while (!HasMuchRoom)
            {
                Monitor.Wait(_gate);
            }

            _isWaiting = false;
        }
    }
}
