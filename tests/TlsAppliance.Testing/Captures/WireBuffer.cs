using System.Buffers;
using System.Buffers.Binary;

namespace TlsAppliance.Testing.Captures;

/// <summary>Growing bytes with numbers in either byte order.</summary>
internal sealed class WireBuffer(bool bigEndian)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public bool IsBigEndian { get; set; } = bigEndian;

    public int Length => _bytes.WrittenCount;

    public WireBuffer UInt16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Number(bytes);
    }

    public WireBuffer UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Number(bytes);
    }

    public WireBuffer UInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Number(bytes);
    }

    private WireBuffer Number(Span<byte> littleEndian)
    {
        if (IsBigEndian)
        {
            littleEndian.Reverse();
        }

        return Bytes(littleEndian);
    }

    public WireBuffer Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Zeros up to a multiple of 4.</summary>
    public WireBuffer Pad()
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        return Bytes(zeros[..(-Length & 3)]);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
