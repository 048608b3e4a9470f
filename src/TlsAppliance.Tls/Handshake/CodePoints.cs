using System.Buffers.Binary;

namespace TlsAppliance.Tls.Handshake;

/// <summary>A list of 16-bit code points as it stands on the wire (big-endian), without a copy. An odd last byte is not part of it.</summary>
public readonly ref struct CodePoints
{
    public CodePoints(ReadOnlySpan<byte> wire) => Wire = wire;

    public ReadOnlySpan<byte> Wire { get; }

    public int Count => Wire.Length / 2;

    public ushort this[int index] => BinaryPrimitives.ReadUInt16BigEndian(Wire[(index * 2)..]);
}
