namespace TlsAppliance.Capture.Inputs;

/// <summary>What a path leads to, after following symbolic links.</summary>
internal enum FileKind
{
    Missing,
    Denied,
    Regular,
    Directory,

    /// <summary>Pipe, device or socket: opening one may wait, so it is opened only when it was named.</summary>
    Special,
}
