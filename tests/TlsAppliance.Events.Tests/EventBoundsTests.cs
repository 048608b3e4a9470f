using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Rendering;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

/// <summary>Hostile text and endless lists come out as valid JSON of bounded size, marked where they were cut.</summary>
public class EventBoundsTests
{
    [Theory]
    [InlineData(EventLayout.Ecs, "tls.detailed")]
    [InlineData(EventLayout.Classic, "tls")]
    public void A_name_of_60_KB_is_cut_and_marked(EventLayout layout, string hellos)
    {
        byte[] name = [.. Enumerable.Repeat((byte)'a', 60_000)];
        JsonObject document = Rendered.Event(
            new TlsSessionBuilder().ClientHello(new HeldHelloBuilder().ServerName(name)).Build(), Rendered.Classic with { Layout = layout });
        Assert.Equal(EventBounds.TextBytes, ((string?)document.At("destination.domain"))!.Length);
        string[] truncated = [.. document.At("tls_appliance.truncated")!.AsArray().Select(path => (string)path!)];
        Assert.Contains("destination.domain", truncated);
        Assert.Contains($"{hellos}.client_hello.extensions.server_name_indication", truncated);
    }

    [Fact]
    public void Control_characters_and_broken_encodings_are_harmless()
    {
        byte[] name = [0x00, 0x1B, (byte)'[', 0xFF, 0xC3, (byte)'"', (byte)'\\', (byte)'\n'];
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientHello(new HeldHelloBuilder().ServerName(name)).Build(), Rendered.Ecs);
        Assert.Equal("\0\u001b[\ufffd\ufffd\"\\\n", (string?)document.At("tls.client.server_name"));
        Assert.Null(document.At("tls_appliance.truncated"));
    }

    [Fact]
    public void Names_of_certificates_may_hold_anything()
    {
        CertificateFacts certificate = new()
        {
            Der = new byte[1],
            Md5 = new byte[16],
            Sha1 = new byte[20],
            Sha256 = new byte[32],
            Subject = new DistinguishedName { CommonName = "\ud800\0\u001b" + new string('x', 70_000), Text = "CN" },
            AlternativeNames = [.. Enumerable.Range(0, 20_000).Select(i => $"host-{i}.example")],
        };
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ServerCertificates(certificate).Build(), Rendered.Ecs);
        Assert.StartsWith("\ufffd\0\u001bxxx", (string?)document.At("tls.server.x509.subject.common_name"), StringComparison.Ordinal);
        Assert.Equal(EventBounds.NameEntries, document.At("tls.server.x509.alternative_names")!.AsArray().Count);
        Assert.Equal(
            """["tls.server.x509.alternative_names","tls.server.x509.subject.common_name"]""", document.Text("tls_appliance.truncated"));
    }

    [Fact]
    public void What_was_cut_is_marked_also_when_the_certificate_was_rendered_before()
    {
        CertificateFacts certificate = new()
        {
            Der = new byte[1], Md5 = new byte[16], Sha1 = new byte[20], Sha256 = new byte[32], SignatureAlgorithm = new string('x', 5000),
        };
        TlsEventRenderer renderer = new(Rendered.Ecs);
        EventBatch batch = new(1024, 2);
        for (int i = 0; i < 2; i++)
        {
            renderer.Render(new TlsSessionBuilder().ServerCertificates(certificate).Build(), Rendered.Connection(), batch);
        }

        Assert.Equal(Encoding.UTF8.GetString(batch.Document(0)), Encoding.UTF8.GetString(batch.Document(1)));
        Assert.Contains("truncated", Encoding.UTF8.GetString(batch.Document(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_without_end_are_cut()
    {
        ushort[] suites = [.. Enumerable.Range(0, 30_000).Select(i => (ushort)(i * 2))];
        JsonObject document = Rendered.Event(new TlsSessionBuilder().ClientHello(new HeldHelloBuilder { CipherSuites = suites }).Build(), Rendered.Ecs);
        Assert.Equal(EventBounds.ListEntries, document.At("tls.client.supported_ciphers")!.AsArray().Count);
        Assert.Contains("tls.client.supported_ciphers", document.Text("tls_appliance.truncated"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventLayout.Ecs)]
    [InlineData(EventLayout.Classic)]
    public void The_worst_session_stays_below_the_bound(EventLayout layout)
    {
        CertificateFacts[] chain = [.. Enumerable.Range(0, 100).Select(Monster)];
        TlsSession session = new TlsSessionBuilder().ClientHello(MonsterHello()).ServerHello(MonsterHello())
            .ServerCertificates(chain).ClientCertificates(chain).Completed().Build();
        EventBatch batch = new(1024, 1);
        EventOptions options = new() { Layout = layout, IncludeRawCertificates = true };
        Assert.True(new TlsEventRenderer(options).Render(session, Rendered.Connection(), batch));
        Assert.InRange(batch.Document(0).Length, 1, EventBounds.EventBytes);
        string[] truncated = [.. JsonNode.Parse(batch.Document(0))!.AsObject().At("tls_appliance.truncated")!.AsArray().Select(path => (string)path!)];
        Assert.Contains(truncated, path => path.Contains("server_certificate_chain", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_event_of_a_small_batch_makes_it_grow()
    {
        EventBatch batch = new(16, 1);
        TlsEventRenderer renderer = new(Rendered.Ecs);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(renderer.Render(ClassicLayoutTests.Documented().Build(), Rendered.Connection(), batch));
        }

        string[] lines = Encoding.UTF8.GetString(batch.Bytes.Span).Split('\n');
        Assert.Equal(21, lines.Length);
        Assert.Single(lines[..20].Distinct());
    }

    private static HeldHelloBuilder MonsterHello()
    {
        byte[] zeros = new byte[255];
        HeldHelloBuilder hello = new() { SessionId = zeros, CipherSuites = new ushort[30_000], CompressionMethods = zeros };
        hello.ServerName([.. Enumerable.Repeat(zeros, 200)]).Protocols([.. Enumerable.Repeat(zeros, 200)]).Groups(new ushort[30_000])
            .SignatureAlgorithms(new ushort[30_000]).PointFormats(zeros).OfferedVersions(new ushort[120]);
        for (int i = 0; i < 10_000; i++)
        {
            hello.Extension((ExtensionType)(50_000 + i));
        }

        return hello;
    }

    private static CertificateFacts Monster(int number)
    {
        string text = new('\0', 60_000);
        DistinguishedName name = new()
        {
            Country = text, Organization = text, OrganizationalUnit = text, Locality = text, PostalCode = text, StreetAddress = text,
            StateOrProvince = text, CommonName = text, SerialNumber = text, Text = text,
        };
        return new CertificateFacts
        {
            Der = new byte[50_000 + number], Md5 = new byte[16], Sha1 = new byte[20], Sha256 = new byte[32], SerialNumber = new byte[60_000], Subject = name,
            Issuer = name, SignatureAlgorithm = text, PublicKeyAlgorithm = text, PublicKeyCurve = text, AlternativeNames = [.. Enumerable.Repeat(text, 100)],
        };
    }
}
