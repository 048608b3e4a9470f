using System.Threading.Channels;

namespace TlsAppliance.Pipeline.Lanes;

/// <summary>
/// The way to one shard: a bounded channel of batches from one or several <see cref="LaneWriter"/>s. It belongs to the pipeline and outlives the shard: a restarted one
/// goes on behind the entry that its predecessor failed at.
/// </summary>
internal sealed class Lane
{
    /// <summary>Batches in rotation per writer: enough to bridge a pause of either side, few enough to stay in the cache.</summary>
    public const int Batches = 8;

    private readonly Channel<FrameBatch> _full;
    private readonly LaneWriter[] _writers;

    /// <param name="index">Ordinal of the lane, and so of its shard.</param>
    /// <param name="writers">Dispatchers that write to it, each on a thread of its own.</param>
    /// <param name="batches">Batches of each writer.</param>
    /// <param name="collected">Full ones that each writer keeps back until it is flushed.</param>
    public Lane(int index, int writers = 1, int batches = Batches, int collected = 0)
    {
        Index = index;
        _full = Channel.CreateBounded<FrameBatch>(new BoundedChannelOptions(writers * batches)
        {
            // There are no more batches than places, so writing never waits; taking an empty one does.
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            SingleWriter = false,

            // What waits here is a message to the shard's actor: sending it from the writer's thread takes no time.
            AllowSynchronousContinuations = true,
        });
        _writers = new LaneWriter[writers];
        for (int writer = 0; writer < writers; writer++)
        {
            _writers[writer] = new LaneWriter(writer, _full.Writer, batches, collected);
        }

        Confluence = new Confluence(writers);
    }

    public int Index { get; }

    /// <summary>One per dispatcher.</summary>
    public IReadOnlyList<LaneWriter> Writers => _writers;

    /// <summary>Times that a dispatcher had to wait for the shard.</summary>
    public long Waits => _writers.Sum(writer => writer.Waits);

    /// <summary>The batch being read; survives a restart of the shard.</summary>
    public FrameBatch? InHand { get; private set; }

    /// <summary>The next entry of <see cref="InHand"/>. It moves before an entry is read, so that a fault neither repeats it nor loses the rest.</summary>
    public int Cursor { get; set; }

    /// <summary>The marks of the end were read; nothing follows. Survives a restart, too.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Where the writers stand to each other. Survives a restart, too.</summary>
    public Confluence Confluence { get; }

    /// <summary>Completes when there is something to take.</summary>
    public ValueTask<bool> WaitAsync() => _full.Reader.WaitToReadAsync(CancellationToken.None);

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

    /// <summary>Gives the batch in hand back to its writer.</summary>
    public void Return()
    {
        _writers[InHand!.Writer].Return(InHand);
        InHand = null;
    }
}
