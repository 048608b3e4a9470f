namespace TlsAppliance.Capture.Places;

/// <summary>Where a frame stands.</summary>
/// <param name="Path">The input.</param>
/// <param name="Number">1 for its first frame, as Wireshark counts.</param>
/// <param name="Offset">Byte at which the frame's first captured byte stands, in the decompressed content.</param>
public sealed record FramePlace(string Path, long Number, long Offset);
