using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Inputs;

/// <summary>What the user's <c>FILE|DIR|GLOB|-</c> arguments lead to, in their order.</summary>
public sealed class CaptureInputs
{
    internal CaptureInputs(IReadOnlyList<CaptureInput> files, IReadOnlyList<CaptureFault> faults, int skippedFiles)
    {
        Files = files;
        Faults = faults;
        SkippedFiles = skippedFiles;
    }

    /// <summary>The inputs; the index of one is its ordinal in <see cref="FrameRun.Input"/>.</summary>
    public IReadOnlyList<CaptureInput> Files { get; }

    /// <summary>Arguments that lead nowhere and directories that cannot be read. Sources repeat them at the head of theirs.</summary>
    public IReadOnlyList<CaptureFault> Faults { get; }

    /// <summary>Files found below a directory or by a pattern that are no captures, neither by name nor by content.</summary>
    public int SkippedFiles { get; }

    /// <summary>True when every input can be read from its start again, as a loop must.</summary>
    public bool CanBeReadAgain => Files.All(file => file.CanBeReadAgain);

    /// <summary>Stored bytes of all inputs, or -1 when unknown.</summary>
    public long TotalLength => CanBeReadAgain ? Files.Sum(file => file.Length) : CaptureInput.UnknownLength;

    /// <summary>
    /// Finds the captures. A directory is read recursively, names in ordinal order; what begins with a dot is left out as a shell would.
    /// A file that is found must be a capture by name or content, else it is skipped and counted; a file that is named is always an input.
    /// The same path given twice is one input. Never throws about what it finds.
    /// </summary>
    public static CaptureInputs Resolve(IEnumerable<string> arguments)
    {
        InputResolver resolver = new();
        foreach (string argument in arguments)
        {
            resolver.Add(argument);
        }

        return resolver.ToInputs();
    }
}
