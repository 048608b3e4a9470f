using System.Text;
using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

public class CloudIdTests
{
    [Theory]
    [InlineData("eu.example.com$abc$def", "https://abc.eu.example.com:443", "https://def.eu.example.com:443")]
    [InlineData("eu.example.com:9243$abc$def", "https://abc.eu.example.com:9243", "https://def.eu.example.com:9243")]
    [InlineData("eu.example.com$abc:9244$def:9245", "https://abc.eu.example.com:9244", "https://def.eu.example.com:9245")]
    [InlineData("eu.example.com$abc$", "https://abc.eu.example.com:443", null)]
    [InlineData("eu.example.com$abc", "https://abc.eu.example.com:443", null)]
    public void Holds_the_addresses_of_a_deployment(string content, string elasticsearch, string? kibana)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        foreach (string text in (string[])[encoded, "label:" + encoded, "a:b:" + encoded])
        {
            Assert.True(CloudId.TryParse(text, out CloudId? id));
            Assert.Equal(new CloudId(elasticsearch, kibana), id);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("aG9zdA==")]
    [InlineData("JGFiYyRkZWY=")]
    public void Anything_else_is_none(string text) => Assert.False(CloudId.TryParse(text, out _));
}
