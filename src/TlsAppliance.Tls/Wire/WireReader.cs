using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Tls.Wire;

/// <summary>
/// Reads the presentation language of TLS (RFC 8446 §3): big-endian numbers and vectors with a length in front. The only thing in this room that
/// moves a position. A read that fails moves nothing.
/// </summary>
internal ref struct WireReader
{
    private ReadOnlySpan<byte> _rest;

    public WireReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _rest;

    public readonly bool IsEmpty => _rest.IsEmpty;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    public bool TryReadUInt24(out int value)
    {
        if (_rest.Length < 3)
        {
            value = 0;
            return false;
        }

        value = _rest[0] << 16 | _rest[1] << 8 | _rest[2];
        _rest = _rest[3..];
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[4..];
        return true;
    }

    /// <summary>The next <paramref name="length"/> bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            bytes = default;
            return false;
        }

        bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary><c>opaque vector&lt;0..2^8-1&gt;</c></summary>
    public bool TryReadVector8(out ReadOnlySpan<byte> vector)
    {
        WireReader start = this;
        return (TryReadByte(out byte length) && TryReadBytes(length, out vector)) || Rewind(start, out vector);
    }

    /// <summary><c>opaque vector&lt;0..2^16-1&gt;</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVector16(out ReadOnlySpan<byte> vector)
    {
        WireReader start = this;
        return (TryReadUInt16(out ushort length) && TryReadBytes(length, out vector)) || Rewind(start, out vector);
    }

    /// <summary><c>opaque vector&lt;0..2^24-1&gt;</c></summary>
    public bool TryReadVector24(out ReadOnlySpan<byte> vector)
    {
        WireReader start = this;
        return (TryReadUInt24(out int length) && TryReadBytes(length, out vector)) || Rewind(start, out vector);
    }

    private bool Rewind(scoped in WireReader start, out ReadOnlySpan<byte> vector)
    {
        _rest = start._rest;
        vector = default;
        return false;
    }
}
