using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Network.Tests.Reassembly;

public class TcpSequenceTests
{
    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(0xFFFF_FFFFu, 0u)]
    [InlineData(0xFFFF_FFFFu, 0x7FFF_FFFEu)]
    [InlineData(0x7FFF_FFFFu, 0x8000_0000u)]
    public void Orders_numbers_across_the_wrap(uint earlier, uint later)
    {
        Assert.True(new TcpSequence(earlier) < new TcpSequence(later));
        Assert.True(new TcpSequence(earlier) <= new TcpSequence(later));
        Assert.True(new TcpSequence(later) > new TcpSequence(earlier));
        Assert.True(new TcpSequence(later) >= new TcpSequence(earlier));
        Assert.False(new TcpSequence(later) < new TcpSequence(earlier));
    }

    [Fact]
    public void Equal_numbers_are_in_order_both_ways()
    {
        TcpSequence number = new(7);
        Assert.True(number <= new TcpSequence(7) && number >= new TcpSequence(7));
        Assert.False(number < new TcpSequence(7) || number > new TcpSequence(7));
    }

    [Fact]
    public void Addition_wraps()
    {
        Assert.Equal(4u, (new TcpSequence(0xFFFF_FFFE) + 6).Value);
        Assert.Equal(0xFFFF_FFFFu, (new TcpSequence(0) + -1).Value);
    }

    [Fact]
    public void Distance_is_signed()
    {
        Assert.Equal(6, new TcpSequence(0xFFFF_FFFE).DistanceTo(new TcpSequence(4)));
        Assert.Equal(-6, new TcpSequence(4).DistanceTo(new TcpSequence(0xFFFF_FFFE)));
    }
}
