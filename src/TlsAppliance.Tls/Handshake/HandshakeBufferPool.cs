using System.Numerics;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// Buffers for handshake bytes that must wait: sizes are powers of two from <see cref="MinLength"/> on, so that a small hello does not pin a large
/// buffer. Not thread-safe: it belongs to one shard, is shared by its sessions and dies with it.
/// </summary>
public sealed class HandshakeBufferPool
{
    /// <summary>Smallest buffer in bytes: held hellos without long lists fit.</summary>
    public const int MinLength = 256;

    /// <summary>Larger buffers are rare (a Certificate message of many chains) and are left to the garbage collector.</summary>
    private const int MaxPooledLength = 1 << 16;

    private static readonly int ClassCount = ClassOf(MaxPooledLength) + 1;

    private readonly long _maxIdleBytes;
    private readonly Stack<byte[]>[] _idle = new Stack<byte[]>[ClassCount];

    /// <param name="maxIdleBytes">Bytes kept for reuse; what is given back beyond goes to the garbage collector. Default 64 MiB.</param>
    public HandshakeBufferPool(long maxIdleBytes = 64 << 20)
    {
        _maxIdleBytes = maxIdleBytes;
        for (int i = 0; i < ClassCount; i++)
        {
            _idle[i] = new Stack<byte[]>();
        }
    }

    /// <summary>Bytes that are handed out now.</summary>
    public long RentedBytes { get; private set; }

    /// <summary>Bytes that wait for reuse.</summary>
    public long IdleBytes { get; private set; }

    /// <summary>A buffer of at least <paramref name="length"/> bytes, its content undefined.</summary>
    public byte[] Rent(int length)
    {
        int sizeClass = ClassOf(length);
        if (sizeClass < ClassCount && _idle[sizeClass].TryPop(out byte[]? buffer))
        {
            IdleBytes -= buffer.Length;
        }
        else
        {
            buffer = GC.AllocateUninitializedArray<byte>(MinLength << sizeClass);
        }

        RentedBytes += buffer.Length;
        return buffer;
    }

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    public void Return(byte[] buffer)
    {
        RentedBytes -= buffer.Length;
        if (buffer.Length > MaxPooledLength || IdleBytes + buffer.Length > _maxIdleBytes)
        {
            return;
        }

        IdleBytes += buffer.Length;
        _idle[ClassOf(buffer.Length)].Push(buffer);
    }

    private static int ClassOf(int length) =>
        Math.Max(0, BitOperations.Log2((uint)Math.Max(length, 1) - 1) + 1 - BitOperations.Log2(MinLength));
}
