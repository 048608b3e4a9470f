using System.Buffers.Binary;

namespace TlsAppliance.LoadTest.Generate;

/// <summary>Appends big-endian fields and length-prefixed vectors.</summary>
internal sealed class WireBuilder
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public WireBuilder U8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public WireBuilder U16(int value) => U8(value >> 8).U8(value);

    public WireBuilder U24(int value) => U8(value >> 16).U16(value);

    public WireBuilder U32(uint value) => U16((int)(value >> 16)).U16((int)value);

    public WireBuilder Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public WireBuilder Vector8(ReadOnlySpan<byte> bytes) => U8(bytes.Length).Bytes(bytes);

    public WireBuilder Vector16(ReadOnlySpan<byte> bytes) => U16(bytes.Length).Bytes(bytes);

    public WireBuilder Vector24(ReadOnlySpan<byte> bytes) => U24(bytes.Length).Bytes(bytes);

    public byte[] ToArray() => [.. _bytes];

    public static byte[] List16(IEnumerable<int> values)
    {
        int[] all = [.. values];
        byte[] bytes = new byte[all.Length * 2];
        for (int i = 0; i < all.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), (ushort)all[i]);
        }

        return bytes;
    }
}
