using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Tests.Wire;

public class WireReaderTests
{
    [Fact]
    public void Reads_numbers_big_endian_in_order()
    {
        WireReader reader = new([0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A]);
        Assert.True(reader.TryReadByte(out byte one));
        Assert.True(reader.TryReadUInt16(out ushort two));
        Assert.True(reader.TryReadUInt24(out int three));
        Assert.True(reader.TryReadUInt32(out uint four));
        Assert.Equal((0x01, 0x0203, 0x040506, 0x0708090Au), (one, two, three, four));
        Assert.True(reader.IsEmpty);
    }

    [Fact]
    public void A_failed_read_moves_nothing()
    {
        WireReader reader = new([0x00, 0x05, 0x01]);
        Assert.False(reader.TryReadVector16(out _));
        Assert.False(reader.TryReadUInt32(out _));
        Assert.False(reader.TryReadBytes(4, out _));
        Assert.False(reader.TryReadBytes(-1, out _));
        Assert.False(reader.TryReadVector24(out _));
        Assert.Equal(3, reader.Remaining.Length);
    }

    [Fact]
    public void Reads_vectors_of_each_length_size()
    {
        WireReader reader = new([1, 0xAA, 0, 2, 0xBB, 0xBC, 0, 0, 1, 0xCC]);
        Assert.True(reader.TryReadVector8(out ReadOnlySpan<byte> first));
        Assert.True(reader.TryReadVector16(out ReadOnlySpan<byte> second));
        Assert.True(reader.TryReadVector24(out ReadOnlySpan<byte> third));
        Assert.Equal([0xAA], first.ToArray());
        Assert.Equal([0xBB, 0xBC], second.ToArray());
        Assert.Equal([0xCC], third.ToArray());
    }

    [Fact]
    public void Nothing_can_be_read_from_nothing()
    {
        WireReader reader = new([]);
        Assert.False(reader.TryReadByte(out _));
        Assert.False(reader.TryReadUInt16(out _));
        Assert.False(reader.TryReadUInt24(out _));
        Assert.False(reader.TryReadVector8(out _));
        Assert.True(reader.TryReadBytes(0, out _));
    }
}
