namespace TlsAppliance.Capture.Inputs;

/// <summary>One file to be read, or standard input.</summary>
/// <param name="Path">The file as the user named it, or as found below the directory that the user named.</param>
/// <param name="RelativePath">The path below that directory, with <c>/</c>; the file's name when it was named itself.</param>
/// <param name="OutputName">
/// <paramref name="RelativePath"/> as one file name, <c>a__b__c.pcap</c> for <c>a/b/c.pcap</c>; different for every input of a run.
/// </param>
/// <param name="Length">Stored bytes when it was found, or -1 when unknown (standard input, pipes, devices).</param>
public sealed record CaptureInput(string Path, string RelativePath, string OutputName, long Length)
{
    /// <summary>What the user writes for standard input.</summary>
    public const string StandardInputPath = "-";

    /// <summary>Value of <see cref="Length"/> when only reading to the end will tell.</summary>
    public const long UnknownLength = -1;

    public bool IsStandardInput => Path == StandardInputPath;

    /// <summary>False when the bytes can be read only once: then the input cannot be looked at before its turn, nor looped.</summary>
    public bool CanBeReadAgain => Length != UnknownLength;
}
