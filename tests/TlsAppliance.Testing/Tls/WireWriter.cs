namespace TlsAppliance.Testing.Tls;

/// <summary>Writes the presentation language of TLS (RFC 8446 §3). The names of the fields stand beside the calls.</summary>
public sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public WireWriter UInt8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public WireWriter UInt16(int value) => UInt8(value >> 8).UInt8(value);

    public WireWriter UInt24(int value) => UInt8(value >> 16).UInt16(value);

    public WireWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public WireWriter Vector8(params ReadOnlySpan<byte> bytes) => UInt8(bytes.Length).Bytes(bytes);

    public WireWriter Vector16(params ReadOnlySpan<byte> bytes) => UInt16(bytes.Length).Bytes(bytes);

    public WireWriter Vector24(params ReadOnlySpan<byte> bytes) => UInt24(bytes.Length).Bytes(bytes);

    /// <summary>Several 16-bit code points, without a length.</summary>
    public WireWriter CodePoints(params ReadOnlySpan<ushort> values)
    {
        foreach (ushort value in values)
        {
            UInt16(value);
        }

        return this;
    }
}
