using System.Buffers;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>Memory that the system mapped, for those who take <see cref="Memory{T}"/>. It does not own it.</summary>
internal sealed unsafe class BorrowedMemory(byte* start, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
