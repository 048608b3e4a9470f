using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Tests.Handshake;

public class HelloTests
{
    private static readonly Hello Sample = new()
    {
        SessionId = [7, 8, 9],
        Extensions = [Extension.ServerName("a.example"), Extension.SupportedGroups(29, 23)],
    };

    [Fact]
    public void Reads_a_ClientHello_field_by_field()
    {
        Assert.Equal(ParseStatus.Complete, ClientHello.Read(Sample.ClientBody(), out ClientHello hello));
        Assert.Equal(ProtocolVersion.Tls12, hello.LegacyVersion);
        Assert.Equal(Sample.Random, hello.Random.ToArray());
        Assert.Equal(Sample.SessionId, hello.LegacySessionId.ToArray());
        Assert.Equal([0xC0, 0x2F, 0xC0, 0x30], hello.CipherSuites.ToArray());
        Assert.Equal([0], hello.LegacyCompressionMethods.ToArray());
        Assert.Equal(ExtensionBlockState.Present, hello.Extensions.State);
        Assert.True(hello.IsStrict);
    }

    [Fact]
    public void Reads_a_ServerHello_field_by_field()
    {
        Assert.Equal(ParseStatus.Complete, ServerHello.Read(Sample.ServerBody(), out ServerHello hello));
        Assert.Equal(Sample.SessionId, hello.LegacySessionIdEcho.ToArray());
        Assert.Equal(0xC02F, (int)hello.CipherSuite);
        Assert.False(hello.IsHelloRetryRequest);
        Assert.True(hello.IsStrict);
    }

    [Fact]
    public void Tells_a_HelloRetryRequest_by_its_random()
    {
        _ = ServerHello.Read(Sample.RetryBody(), out ServerHello hello);
        Assert.True(hello.IsHelloRetryRequest);
    }

    [Fact]
    public void Reads_the_short_ServerHello_of_early_drafts()
    {
        byte[] body = new WireWriter().UInt16(0x7F12).Bytes(Sample.Random).UInt16(0x1301).Vector16().ToArray();
        Assert.Equal(ParseStatus.Complete, ServerHello.Read(body, out ServerHello hello));
        Assert.Equal(0x1301, (int)hello.CipherSuite);
        Assert.Equal(ExtensionBlockState.Empty, hello.Extensions.State);
        Assert.True(hello.LegacyCompressionMethod.IsEmpty);
    }

    [Fact]
    public void Every_prefix_is_malformed_or_lacks_its_extensions()
    {
        int endOfCompression = 2 + 32 + 4 + 6 + 2;
        foreach (byte[] prefix in Cutter.Prefixes(Sample.ClientBody()))
        {
            ParseStatus status = ClientHello.Read(prefix, out ClientHello hello);
            Assert.Equal(prefix.Length < endOfCompression ? ParseStatus.Malformed : ParseStatus.Complete, status);
            Assert.Equal(
                prefix.Length == endOfCompression || status == ParseStatus.Malformed ? ExtensionBlockState.Absent : ExtensionBlockState.Malformed,
                hello.Extensions.State);
        }

        foreach (byte[] prefix in Cutter.Prefixes(Sample.ServerBody()))
        {
            _ = ServerHello.Read(prefix, out ServerHello hello);
            Assert.NotEqual(ExtensionBlockState.Present, hello.Extensions.State);
        }
    }

    [Fact]
    public void One_byte_more_is_noted_and_does_no_harm()
    {
        Assert.Equal(ParseStatus.Complete, ClientHello.Read(Cutter.OneByteMore(Sample.ClientBody()), out ClientHello hello));
        Assert.Equal(ExtensionBlockState.Present, hello.Extensions.State);
        Assert.True(hello.Extensions.HasTrailingData);
        Assert.False(hello.IsStrict);
    }

    [Fact]
    public void H35_session_id_too_long_and_legacy_version_zero_are_malformed()
    {
        foreach (int length in (int[])[33, 255])
        {
            Assert.Equal(ParseStatus.Malformed, ClientHello.Read((Sample with { SessionId = new byte[length] }).ClientBody(), out _));
            Assert.Equal(ParseStatus.Malformed, ServerHello.Read((Sample with { SessionId = new byte[length] }).ServerBody(), out _));
        }

        Assert.Equal(ParseStatus.Complete, ClientHello.Read((Sample with { SessionId = new byte[32] }).ClientBody(), out _));
        Assert.Equal(ParseStatus.Malformed, ClientHello.Read((Sample with { LegacyVersion = 0 }).ClientBody(), out _));
        Assert.Equal(ParseStatus.Malformed, ServerHello.Read((Sample with { LegacyVersion = 0 }).ServerBody(), out _));
    }

    [Fact]
    public void H36_cipher_lists_odd_empty_long_and_past_the_end()
    {
        byte[] odd = Sample.ClientBody();
        odd[2 + 32 + 4 + 1] = 5; // cipher_suites length: takes the length of the compression methods in
        Assert.Equal(ParseStatus.Complete, ClientHello.Read(odd, out ClientHello hello));
        Assert.Equal(5, hello.CipherSuites.Length);
        Assert.False(hello.IsStrict);

        odd[2 + 32 + 4] = 0xFF;
        Assert.Equal(ParseStatus.Malformed, ClientHello.Read(odd, out _));

        Assert.Equal(ParseStatus.Complete, ClientHello.Read((Sample with { CipherSuites = [] }).ClientBody(), out _));
        ushort[] many = [.. Enumerable.Repeat((ushort)0x1A1A, 32_767)];
        Assert.Equal(ParseStatus.Complete, ClientHello.Read((Sample with { CipherSuites = many }).ClientBody(), out hello));
        Assert.Equal(65_534, hello.CipherSuites.Length);
    }

    [Fact]
    public void H37_compression_lists_empty_long_and_without_null()
    {
        foreach (byte[] methods in (byte[][])[[], [1], new byte[255]])
        {
            Assert.Equal(
                ParseStatus.Complete, ClientHello.Read((Sample with { CompressionMethods = methods }).ClientBody(), out ClientHello hello));
            Assert.Equal(methods.Length, hello.LegacyCompressionMethods.Length);
        }

        byte[] past = (Sample with { Extensions = null }).ClientBody();
        past[^2] = 2; // legacy_compression_methods length
        Assert.Equal(ParseStatus.Malformed, ClientHello.Read(past, out _));
    }

    [Fact]
    public void H38_extension_blocks_absent_empty_past_the_end_and_with_a_trailing_byte()
    {
        byte[] head = (Sample with { Extensions = null }).ClientBody();
        Assert.Equal(ExtensionBlockState.Absent, StateOf(head));
        Assert.Equal(ExtensionBlockState.Empty, StateOf([.. head, 0, 0]));
        Assert.Equal(ExtensionBlockState.Malformed, StateOf([.. head, 0]));
        Assert.Equal(ExtensionBlockState.Malformed, StateOf([.. head, 0, 5, 0, 23, 0, 0]));
        Assert.Equal(ExtensionBlockState.Malformed, StateOf([.. head, 0, 5, 0, 23, 0, 0, 0]));
        Assert.Equal(ExtensionBlockState.Present, StateOf([.. head, 0, 4, 0, 23, 0, 0, 0]));
    }

    [Fact]
    public void H39_an_extension_past_the_end_of_the_block_makes_it_malformed()
    {
        byte[] head = (Sample with { Extensions = null }).ClientBody();
        Assert.Equal(ExtensionBlockState.Malformed, StateOf([.. head, 0, 4, 0, 23, 0, 1]));
        Assert.Equal(ExtensionBlockState.Malformed, StateOf([.. head, 0, 9, 0, 23, 0, 0, 0, 10, 0xFF, 0xFF, 0]));
    }

    [Fact]
    public void H40_the_same_extension_many_times_and_65535_bytes_of_empty_ones()
    {
        Extension[] many = [.. Enumerable.Repeat(Extension.ServerName("x"), 1000)];
        Assert.Equal(1000, Count((Sample with { Extensions = many }).ClientBody()));
        Extension[] empty = [.. Enumerable.Range(0, 65_535 / 4).Select(type => new Extension((ushort)type, []))];
        Assert.Equal(16_383, Count((Sample with { Extensions = empty }).ClientBody()));
    }

    [Fact]
    public void Mutated_hellos_end_and_never_throw()
    {
        foreach (byte[] mutation in Cutter.Mutations(Sample.ClientBody(), seed: 35, count: 10_000))
        {
            if (ClientHello.Read(mutation, out ClientHello hello) == ParseStatus.Complete)
            {
                HeldHelloWriter.Write(hello, new byte[HeldHelloWriter.MaxLength(hello)]);
            }
        }

        foreach (byte[] mutation in Cutter.Mutations(Sample.ServerBody(), seed: 36, count: 10_000))
        {
            if (ServerHello.Read(mutation, out ServerHello hello) == ParseStatus.Complete)
            {
                HeldHelloWriter.Write(hello, new byte[HeldHelloWriter.MaxLength(hello)]);
            }
        }
    }

    private static ExtensionBlockState StateOf(byte[] body)
    {
        Assert.Equal(ParseStatus.Complete, ClientHello.Read(body, out ClientHello hello));
        return hello.Extensions.State;
    }

    private static int Count(byte[] body)
    {
        _ = ClientHello.Read(body, out ClientHello hello);
        int count = 0;
        foreach (HeldExtension _ in hello.Extensions)
        {
            count++;
        }

        return count;
    }
}
