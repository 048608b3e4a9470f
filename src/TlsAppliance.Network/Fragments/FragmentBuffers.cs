namespace TlsAppliance.Network.Fragments;

/// <summary>
/// The reassembler's own buffers in three sizes. Buffers in use and spare ones together never exceed the bound, so neither can the process.
/// </summary>
internal sealed class FragmentBuffers(long maximumBytes)
{
    /// <summary>One Ethernet frame and a rest, a jumbo frame, the largest datagram.</summary>
    private static readonly int[] Sizes = [2048, 9216, FragmentReassembler.MaximumDatagramLength + 1];

    private readonly Stack<byte[]>[] _spare = [new(), new(), new()];
    private long _spareBytes;

    /// <summary>Bytes of the buffers in use.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>A buffer of at least <paramref name="length"/> bytes, or null when the bound does not allow one more.</summary>
    public byte[]? Rent(int length)
    {
        int size = SizeClass(length);
        if (UsedBytes + Sizes[size] > maximumBytes)
        {
            return null;
        }

        UsedBytes += Sizes[size];
        if (_spare[size].TryPop(out byte[]? spare))
        {
            _spareBytes -= spare.Length;
            return spare;
        }

        DropSpareBeyondBound();
        return GC.AllocateUninitializedArray<byte>(Sizes[size]);
    }

    public void Return(byte[] buffer)
    {
        if (buffer.Length == 0)
        {
            return;
        }

        UsedBytes -= buffer.Length;
        _spareBytes += buffer.Length;
        _spare[SizeClass(buffer.Length)].Push(buffer);
    }

    private static int SizeClass(int length)
    {
        int size = 0;
        while (Sizes[size] < length)
        {
            size++;
        }

        return size;
    }

    private void DropSpareBeyondBound()
    {
        foreach (Stack<byte[]> spare in _spare)
        {
            while (UsedBytes + _spareBytes > maximumBytes && spare.TryPop(out byte[]? buffer))
            {
                _spareBytes -= buffer.Length;
            }
        }
    }
}
