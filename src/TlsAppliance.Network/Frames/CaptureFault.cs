namespace TlsAppliance.Network.Frames;

/// <summary>An input that is damaged or unreadable. Everything before <paramref name="Offset"/> has been delivered.</summary>
/// <param name="Path">The input as the user named it.</param>
/// <param name="Offset">Byte offset of the damage (in the decompressed stream for compressed files), or -1 when it could not be opened.</param>
/// <param name="Reason">One clear phrase: what is wrong there.</param>
public sealed record CaptureFault(string Path, long Offset, string Reason);
