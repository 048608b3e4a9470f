using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>Pooled memory for the length of one call; of bytes, whatever it holds, so that there is one pool.</summary>
internal readonly ref struct ScratchBuffer<T>(int minimumLength)
    where T : unmanaged
{
    private readonly byte[] _rented = ArrayPool<byte>.Shared.Rent(minimumLength * Unsafe.SizeOf<T>());

    internal Span<T> Span => MemoryMarshal.Cast<byte, T>(_rented.AsSpan());

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
