using System.Runtime.InteropServices;

namespace TlsAppliance.Network.Frames;

/// <summary>Where one frame lies in its <see cref="FrameBlock"/>: 24 bytes, so that a block's index stays in the cache.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct FrameRecord
{
    /// <summary>Capture time in nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long Timestamp;

    /// <summary>Offset of the first captured byte in <see cref="FrameBlock.Bytes"/>.</summary>
    public int Offset;

    /// <summary>Captured bytes.</summary>
    public int Length;

    /// <summary>Bytes on the wire.</summary>
    public int WireLength;

    public LinkType LinkType;

    /// <summary>Ordinal of the capture interface within its source.</summary>
    public ushort Interface;
}
