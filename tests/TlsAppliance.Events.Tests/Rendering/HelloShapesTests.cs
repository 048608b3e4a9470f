using TlsAppliance.Events.Delivery;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests.Rendering;

/// <summary>A renderer that has seen a hello's like before writes what one writes that has seen nothing.</summary>
public class HelloShapesTests
{
    /// <summary>Each differs from the first in one thing, so that a shape that forgot this thing would take one for the other.</summary>
    private static readonly Action<HeldHelloBuilder>[] Differences =
    [
        _ => { },
        hello => hello.LegacyVersion = ProtocolVersion.Tls11,
        hello => hello.CipherSuites = [0xC02F, 0xC030],
        hello => hello.CipherSuites = [0xC030],
        hello => hello.CompressionMethods = [1],
        hello => hello.CompressionMethods = [],
        hello => hello.Groups(29, 23),
        hello => hello.Groups(23, 29),
        hello => hello.SignatureAlgorithms(0x0403),
        hello => hello.SignatureAlgorithms(0x0A0A),
        hello => hello.SignatureAlgorithms(0x1A1A),
        hello => hello.PointFormats(0, 1),
        hello => hello.OfferedVersions(0x0304, 0x0303),
        hello => hello.OfferedVersions(0x0304),
        hello => hello.Protocols("h2"u8.ToArray()),
        hello => hello.Protocols("h3"u8.ToArray()),
        hello => hello.Extension((ushort)ExtensionType.SessionTicket, 0, []),
        hello => hello.Extension((ushort)ExtensionType.SessionTicket, 192, []),
        hello => hello.Extension(ExtensionType.ExtendedMasterSecret).Extension(ExtensionType.EncryptThenMac),
        hello => hello.Extension(ExtensionType.EncryptThenMac).Extension(ExtensionType.ExtendedMasterSecret),
        hello => hello.Extension(ExtensionType.KeyShare, 0, 29),
        hello => hello.Extension(ExtensionType.KeyShare, 0, 23),
        hello => hello.Extension(ExtensionType.ServerName),
        hello => hello.ExtensionBlock = Tls.Handshake.ExtensionBlockState.Malformed,
    ];

    [Theory]
    [InlineData(EventLayout.Classic)]
    [InlineData(EventLayout.Ecs)]
    public void A_hello_seen_before_is_written_as_by_a_renderer_that_has_seen_none(EventLayout layout)
    {
        EventOptions options = Rendered.Ecs with { Layout = layout };
        var experienced = new TlsEventRenderer(options);
        for (byte round = 0; round < 4; round++)
        {
            foreach (Action<HeldHelloBuilder> client in Differences)
            {
                foreach (Action<HeldHelloBuilder> server in Differences[..6])
                {
                    Assert.Equal(Text(new TlsEventRenderer(options), Session(client, server, round)), Text(experienced, Session(client, server, round)));
                }
            }
        }
    }

    [Fact]
    public void Random_session_id_and_server_name_are_those_of_the_session_and_not_of_the_first_of_its_shape()
    {
        var renderer = new TlsEventRenderer(Rendered.Ecs);
        string[] documents = [.. Enumerable.Range(0, 4).Select(round => Text(renderer, Session(_ => { }, _ => { }, (byte)round)))];
        for (byte round = 0; round < 4; round++)
        {
            Assert.Contains($"\"server_name\":\"host-{round}.example\"", documents[round], StringComparison.Ordinal);
            Assert.Contains($"\"random\":\"{string.Concat(Enumerable.Repeat($"{round:x2}", 32))}\"", documents[round], StringComparison.Ordinal);
            Assert.Contains($"\"session_id\":\"{round:x2}{round:x2}\"", documents[round], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hellos_that_differ_in_their_grease_alone_are_of_one_shape_and_written_alike()
    {
        var renderer = new TlsEventRenderer(Rendered.Ecs);
        string[] documents = [.. Enumerable.Range(0, 4).Select(round => Text(renderer, Grease((ushort)(0x0A0A + (0x1010 * round)))))];
        Assert.Single(documents.Distinct());
    }

    [Fact]
    public void A_hello_framed_as_ssl_2_is_not_taken_for_an_ordinary_one_of_the_same_bytes()
    {
        var experienced = new TlsEventRenderer(Rendered.Ecs);
        for (int round = 0; round < 4; round++)
        {
            Assert.Equal(Text(new TlsEventRenderer(Rendered.Ecs), WithoutMethods(isSsl2: false)), Text(experienced, WithoutMethods(isSsl2: false)));
            Assert.Equal(Text(new TlsEventRenderer(Rendered.Ecs), WithoutMethods(isSsl2: true)), Text(experienced, WithoutMethods(isSsl2: true)));
        }
    }

    /// <summary>Around the length from which on a hello has no shape.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(680)]
    [InlineData(681)]
    [InlineData(682)]
    [InlineData(800)]
    public void A_hello_of_many_extensions_is_written_alike_each_time(int extensions)
    {
        Action<HeldHelloBuilder> many = hello =>
        {
            for (int i = 0; i < extensions; i++)
            {
                hello.Extension((ushort)(0x4000 + i), 8, []);
            }
        };
        var experienced = new TlsEventRenderer(Rendered.Ecs);
        for (byte round = 0; round < 4; round++)
        {
            Assert.Equal(Text(new TlsEventRenderer(Rendered.Ecs), Session(many, _ => { }, round)), Text(experienced, Session(many, _ => { }, round)));
        }
    }

    private static TlsSession Session(Action<HeldHelloBuilder> client, Action<HeldHelloBuilder> server, byte round) =>
        new TlsSessionBuilder().ClientHello(Hello(client, round).ServerName(Name(round))).ServerHello(Hello(server, round)).Completed().Build();

    private static HeldHelloBuilder Hello(Action<HeldHelloBuilder> difference, byte round)
    {
        HeldHelloBuilder hello = new() { Random = [.. Enumerable.Repeat(round, 32)], SessionId = [round, round] };
        difference(hello);
        return hello;
    }

    private static byte[] Name(byte round) => [.. "host-"u8, (byte)('0' + round), .. ".example"u8];

    private static TlsSession Grease(ushort grease) => new TlsSessionBuilder()
        .ClientHello(new HeldHelloBuilder { CipherSuites = [grease, 0x1301] }
            .Extension(grease, 0, []).Groups(grease, 29).OfferedVersions(grease, 0x0304).Extension((ushort)ExtensionType.KeyShare, 4, HeldHelloBuilder.Wire(grease, 29)))
        .Build();

    private static TlsSession WithoutMethods(bool isSsl2)
    {
        TlsSessionBuilder session = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder { CompressionMethods = [] });
        return (isSsl2 ? session.Ssl2Hello() : session).Build();
    }

    private static string Text(TlsEventRenderer renderer, TlsSession session)
    {
        EventBatch batch = new(1024, 1);
        Assert.True(renderer.Render(session, Rendered.Connection(), batch));
        return System.Text.Encoding.UTF8.GetString(batch.Document(0));
    }
}
