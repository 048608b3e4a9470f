using System.Buffers;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>Pooled memory for the length of one call.</summary>
internal readonly ref struct ScratchBuffer<T>(int minimumLength)
{
    private readonly T[] _rented = ArrayPool<T>.Shared.Rent(minimumLength);

    internal Span<T> Span => _rented;

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
