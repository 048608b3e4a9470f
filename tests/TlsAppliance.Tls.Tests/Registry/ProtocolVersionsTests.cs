using TlsAppliance.Testing;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Tests.Registry;

public sealed class ProtocolVersionsTests
{
    [Theory]
    [InlineData(0x0000, "unknown", "0.0", "(raw 0.0)", "0.0")]
    [InlineData(0x0002, "ssl", "2.0", "SSL 2.0", "0.2")]
    [InlineData(0x0300, "ssl", "3.0", "SSL 3.0", "3.0")]
    [InlineData(0x0301, "tls", "1.0", "TLS 1.0", "3.1")]
    [InlineData(0x0303, "tls", "1.2", "TLS 1.2", "3.3")]
    [InlineData(0x0304, "tls", "1.3", "TLS 1.3", "3.4")]
    [InlineData(0x0305, "tls", "1.4", "TLS 1.4", "3.5")]
    [InlineData(0x03FF, "tls", "1.254", "TLS 1.254", "3.255")]
    [InlineData(0x7F1C, "unknown", "127.28", "(raw 127.28)", "127.28")]
    [InlineData(0xFFFF, "unknown", "255.255", "(raw 255.255)", "255.255")]
    public void Versions_have_packetbeats_texts(int wire, string protocol, string number, string text, string dotted)
    {
        var version = (ProtocolVersion)wire;

        Assert.Equal(protocol, ProtocolVersions.Protocol(version));
        Assert.Equal(number, ProtocolVersions.Number(version));
        Assert.Equal(text, ProtocolVersions.Text(version));
        Assert.Equal(dotted, ProtocolVersions.Dotted(version));
    }

    [Fact]
    public void Writing_names_allocates_nothing()
    {
        var text = new byte[CipherSuites.MaxLength];
        WriteSome(text);

        Assert.Equal(0, Allocations.Of(() => WriteSome(text)));
    }

    private static void WriteSome(byte[] text)
    {
        for (int i = 0; i < 100; i++)
        {
            ProtocolVersions.WriteText(ProtocolVersion.Tls12, text);
            ProtocolVersions.WriteNumber((ProtocolVersion)0x7F1C, text);
            CipherSuites.Write(0x1301, text);
            CipherSuites.Write(0xCC13, text);
        }
    }
}
