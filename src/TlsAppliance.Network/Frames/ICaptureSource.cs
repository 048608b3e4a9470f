namespace TlsAppliance.Network.Frames;

/// <summary>Where frames come from: a file, several files merged by time, an interface. One reader thread.</summary>
public interface ICaptureSource : IDisposable
{
    /// <summary>Hands over the next frames in time order; false at the end of the input. Damaged input ends early and is told by <see cref="Faults"/>.</summary>
    bool TryRead(out FrameRun run);

    /// <summary>
    /// True when the next call of <see cref="TryRead"/> may wait, for a moment to come or for another process: whoever collects frames passes them on first.
    /// </summary>
    bool MayWait => false;

    /// <summary>Said by whoever reads, before it waits for something else: a source that can reads a few runs ahead meanwhile, and <see cref="TryRead"/> hands them over.</summary>
    void ReadAhead()
    {
    }

    /// <summary>Bytes of input consumed so far (of the file as stored, so compressed bytes count as such), for progress.</summary>
    long BytesRead { get; }

    /// <summary>Bytes of input in all, or -1 when unknown (standard input, an interface).</summary>
    long BytesTotal { get; }

    /// <summary>Inputs that could not be read to their end, in the order met.</summary>
    IReadOnlyList<CaptureFault> Faults { get; }
}
