namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// A block of memory that documents lie in, back to back. The queue holds it while it fills it or has unread documents in it, and so does every read that was given
/// some of them: nothing is copied on the way out. Behind what is read the queue may go on writing.
/// </summary>
/// <param name="bytes">The memory.</param>
/// <param name="pool">Where it goes when nobody holds it; null: nowhere.</param>
internal sealed class DocumentBlock(byte[] bytes, DocumentBlockPool? pool = null)
{
    private int _holders = 1;

    public byte[] Bytes { get; } = bytes;

    /// <summary>First free byte; the queue's own.</summary>
    public int Used { get; set; }

    /// <summary>Documents that nobody has read; the queue's own.</summary>
    public int Documents { get; set; }

    /// <summary>Only whoever asks holds it: he may write over it.</summary>
    public bool HasOneHolder => Volatile.Read(ref _holders) == 1;

    /// <summary>One more holder; called by one who holds it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One holder less, on any thread.</summary>
    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            pool?.Return(this);
        }
    }

    /// <summary>From the pool to its first holder.</summary>
    public void Begin() => (_holders, Used, Documents) = (1, 0, 0);
}
