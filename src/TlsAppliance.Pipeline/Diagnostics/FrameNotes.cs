using System.Collections.Concurrent;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Diagnostics;

/// <summary>A replay's way to keep the frames of quarantined flows: their place in the input is enough, because the input stays. Any thread may record.</summary>
public sealed class FrameNotes : IFrameRecorder
{
    /// <summary>More than these are only counted.</summary>
    public const int MaximumNotes = 64;

    private readonly ConcurrentQueue<FrameNote> _notes = new();
    private long _recorded;

    /// <summary>Flows quarantined so far.</summary>
    public long Recorded => Volatile.Read(ref _recorded);

    public IReadOnlyCollection<FrameNote> Notes => _notes;

    public void Record(IReadOnlyList<HeldFrame> held, in CapturedFrame frame)
    {
        if (Interlocked.Increment(ref _recorded) <= MaximumNotes)
        {
            _notes.Enqueue(new FrameNote(frame.Timestamp, frame.Bytes.Length, frame.Interface));
        }
    }
}
