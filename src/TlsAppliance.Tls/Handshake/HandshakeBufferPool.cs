using System.Numerics;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// Buffers for handshake bytes that must wait: sizes are multiples of <see cref="Step"/> up to <see cref="LongestByStep"/>, where held hellos are, so that a million
/// of them waste little, and powers of two beyond. Not thread-safe: it belongs to one shard, is shared by its sessions and dies with it.
/// </summary>
public sealed class HandshakeBufferPool
{
    private const int Step = 32;
    private const int LongestByStep = 1024;
    private const int ClassesByStep = LongestByStep / Step;

    /// <summary>Larger buffers are rare (a Certificate message of many chains) and are left to the garbage collector.</summary>
    private const int MaxPooledLength = 1 << 16;

    /// <summary>A list of so many is not yet a large object of the garbage collector.</summary>
    private const int MaxIdlePerSize = 8 * 1024;

    private static readonly int ClassCount = ClassOf(MaxPooledLength) + 1;

    private readonly long _maxIdleBytes;
    private readonly Stack<byte[]>[] _idle = new Stack<byte[]>[ClassCount];
    private byte[] _scratch = [];

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
            buffer = GC.AllocateUninitializedArray<byte>(LengthOf(sizeClass));
        }

        RentedBytes += buffer.Length;
        return buffer;
    }

    /// <summary>Room for what has no length yet, until the next call.</summary>
    public Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)length));
        }

        return _scratch;
    }

    /// <summary>Takes back what <see cref="Rent"/> gave, once.</summary>
    public void Return(byte[] buffer)
    {
        RentedBytes -= buffer.Length;
        if (buffer.Length > MaxPooledLength || IdleBytes + buffer.Length > _maxIdleBytes)
        {
            return;
        }

        Stack<byte[]> idle = _idle[ClassOf(buffer.Length)];
        if (idle.Count < MaxIdlePerSize)
        {
            IdleBytes += buffer.Length;
            idle.Push(buffer);
        }
    }

    private static int ClassOf(int length) => length <= LongestByStep
        ? Math.Max(0, (length - 1) / Step)
        : ClassesByStep + BitOperations.Log2((uint)length - 1) - BitOperations.Log2(LongestByStep);

    private static int LengthOf(int sizeClass) =>
        sizeClass < ClassesByStep ? (sizeClass + 1) * Step : LongestByStep << (sizeClass - ClassesByStep + 1);
}
