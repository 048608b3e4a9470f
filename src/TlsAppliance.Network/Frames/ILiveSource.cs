namespace TlsAppliance.Network.Frames;

/// <summary>
/// An interface that is being captured. When nothing comes, <see cref="ICaptureSource.TryRead"/> hands over a run of no frames at least every 100 ms, so that its reader can let time
/// pass. It ends when it was stopped, or when the interface fails: then it has a fault, and whoever wants more opens the interface again.
/// </summary>
public interface ILiveSource : ICaptureSource
{
    /// <summary>The frames that wait in the source fill more than half of its room: if its reader waits any longer, the kernel will drop some.</summary>
    bool IsPressed { get; }

    /// <summary>What the kernel counted since the source was opened. Also after it has ended. Any thread may ask.</summary>
    KernelCounters Counters { get; }

    /// <summary>No frame that comes from now on is taken; those that are waiting are still handed over, then the source ends and its counters are final. Reader's thread.</summary>
    void Stop();
}
