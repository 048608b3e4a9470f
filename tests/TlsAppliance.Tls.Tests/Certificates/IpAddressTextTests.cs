using System.Net;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

public sealed class IpAddressTextTests
{
    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::7")]
    [InlineData("2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1::1")]
    [InlineData("2001:db8::1:0:0:1")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("0:1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6::")]
    [InlineData("fe80::ffff:0:1")]
    public void Prints_the_canonical_form(string text)
    {
        Assert.Equal(text, IpAddressText.Of(IPAddress.Parse(text).GetAddressBytes()));
    }

    [Fact]
    public void Mapped_address_is_printed_as_ipv4()
    {
        Assert.Equal("192.0.2.7", IpAddressText.Of(IPAddress.Parse("::ffff:192.0.2.7").GetAddressBytes()));
        Assert.Equal("::c000:207", IpAddressText.Of(IPAddress.Parse("::192.0.2.7").GetAddressBytes()));
    }
}
