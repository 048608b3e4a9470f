using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TlsAppliance.Network.Flows;

/// <summary>
/// A zeroed array outside of the garbage collector, for tables that grow to megabytes with the traffic: as managed arrays they would go to the large object heap, whose growth
/// makes the collector look at everything there is. Begins at a cache line; pages that were never written take no memory.
/// </summary>
/// <typeparam name="T">What a place holds.</typeparam>
public sealed unsafe class UnmanagedArray<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;

    private void* _memory;
    private T* _first;

    public UnmanagedArray(int length)
    {
        // calloc, unlike its aligned siblings, takes fresh pages as the zeros that they are.
        _memory = NativeMemory.AllocZeroed(((nuint)length * (nuint)sizeof(T)) + CacheLine);
        _first = (T*)(((nuint)_memory + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        Length = length;
    }

    ~UnmanagedArray() => Free();

    public int Length { get; private set; }

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length)
            {
                ThrowOutside();
            }

            return ref _first[index];
        }
    }

    public void Clear() => NativeMemory.Clear(_first, (nuint)Length * (nuint)sizeof(T));

    /// <summary>Gives the memory back at once; no place may be in use.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _first = null;
        Length = 0;
    }

    private static void ThrowOutside() => throw new ArgumentOutOfRangeException("index");
}
