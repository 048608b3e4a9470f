using System.Net;
using System.Text;
using CsCheck;
using TlsAppliance.Events.Json;

namespace TlsAppliance.Events.Tests.Json;

public class IpAddressTextTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.255.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1::1")]
    [InlineData("fe80::1:2:3:4")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6::")]
    [InlineData("::2:3:4:5:6:7")]
    public void Writes_the_form_of_RFC_5952(string text) => Assert.Equal(text, Write(text));

    [Fact]
    public void Agrees_with_the_platform() => Gen.Byte.Array[16].Select(Gen.Int[0, 255]).Sample(
        (bytes, zeros) =>
        {
            for (int group = 0; group < 8; group++)
            {
                (bytes[group * 2], bytes[(group * 2) + 1]) = (zeros >> group & 1) != 0 ? ((byte)0, (byte)0) : (bytes[group * 2], bytes[(group * 2) + 1]);
            }

            // Addresses with an embedded IPv4 form are spelled differently by the platform.
            IPAddress address = new(bytes);
            string expected = address.ToString();
            return address.IsIPv4MappedToIPv6 || expected.Contains('.', StringComparison.Ordinal) || Write(expected) == expected;
        },
        seed: "0N0XIzNsQ0O2",
        iter: 20_000);

    private static string Write(string text)
    {
        IPAddress address = IPAddress.Parse(text);
        byte[] room = new byte[IpAddressText.MaxLength];
        byte version = (byte)(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 4 : 6);
        return Encoding.ASCII.GetString(room, 0, IpAddressText.Write(Rendered.Value(address), version, room));
    }
}
