using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Tests.Handshake;

public class Ssl2ClientHelloTests
{
    private static readonly byte[] Specs = [0x01, 0x00, 0x80, 0x00, 0x00, 0x2F, 0x00, 0x00, 0x35];
    private static readonly byte[] Challenge = [.. Enumerable.Range(100, 16).Select(value => (byte)value)];

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Reads_both_headers_and_needs_every_byte(int? padding)
    {
        byte[] record = TlsBytes.Ssl2ClientHello(0x0301, Specs, [], Challenge, padding);
        foreach (byte[] prefix in Cutter.Prefixes(record))
        {
            Assert.Equal(ParseStatus.Incomplete, Ssl2ClientHello.Read(prefix, out _, out _));
        }

        Assert.Equal(ParseStatus.Complete, Ssl2ClientHello.Read(Cutter.OneByteMore(record), out Ssl2ClientHello hello, out int length));
        Assert.Equal(record.Length, length);
        Assert.Equal(ProtocolVersion.Tls10, hello.Version);
        Assert.Equal(Challenge, hello.Challenge.ToArray());
    }

    [Fact]
    public void Is_held_as_a_ClientHello_with_the_suites_that_TLS_knows()
    {
        _ = Ssl2ClientHello.Read(TlsBytes.Ssl2ClientHello(0x0301, Specs, new byte[16], Challenge), out Ssl2ClientHello hello, out _);
        byte[] room = new byte[HeldHelloWriter.MaxLength(hello)];
        HeldHello view = new(room.AsSpan(0, HeldHelloWriter.Write(hello, room)));
        Assert.Equal([0x00, 0x2F, 0x00, 0x35], view.CipherSuites.Wire.ToArray());
        Assert.Equal([.. new byte[16], .. Challenge], view.Random.ToArray());
        Assert.Equal(16, view.LegacySessionId.Length);
        Assert.Equal(ExtensionBlockState.Absent, view.ExtensionBlock);
    }

    [Fact]
    public void R29_lengths_that_disagree_are_malformed()
    {
        byte[] good = TlsBytes.Ssl2ClientHello(0x0301, Specs, [], Challenge);
        foreach (int at in (int[])[1, 6, 8, 10])
        {
            byte[] bad = [.. good];
            bad[at]++;
            Assert.Equal(ParseStatus.Malformed, Ssl2ClientHello.Read(bad, out _, out _));
        }

        Assert.Equal(ParseStatus.Malformed, Ssl2ClientHello.Read(TlsBytes.Ssl2ClientHello(0x0501, Specs, [], Challenge), out _, out _));
        Assert.Equal(ParseStatus.Malformed, Ssl2ClientHello.Read(TlsBytes.Ssl2ClientHello(0x0301, Specs, [], new byte[8]), out _, out _));
        Assert.Equal(ParseStatus.Malformed, Ssl2ClientHello.Read(TlsBytes.Ssl2ClientHello(0x0301, [1, 2], [], Challenge), out _, out _));
    }

    [Fact]
    public void Mutations_end_and_never_throw()
    {
        foreach (byte[] mutation in Cutter.Mutations(TlsBytes.Ssl2ClientHello(0x0002, Specs, new byte[16], Challenge, 1), seed: 29, count: 10_000))
        {
            _ = Ssl2ClientHello.Read(mutation, out _, out _);
        }
    }
}
