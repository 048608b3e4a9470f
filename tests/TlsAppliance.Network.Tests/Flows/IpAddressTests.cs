using TlsAppliance.Network.Flows;

namespace TlsAppliance.Network.Tests.Flows;

public sealed class IpAddressTests
{
    [Fact]
    public void Is_its_number_in_two_words_and_back()
    {
        var number = new UInt128(0x2001_0DB8_0000_0001, 0x8000_0000_0000_0A05);
        IpAddress address = number;
        Assert.Equal(new IpAddress(0x2001_0DB8_0000_0001, 0x8000_0000_0000_0A05), address);
        Assert.Equal(number, (UInt128)address);
    }

    [Fact]
    public void Tells_the_address_within_a_mapped_one() => Assert.Equal(0xC0A8_0101, new IpAddress(0, 0xFFFF_C0A8_0101).Ipv4);
}
