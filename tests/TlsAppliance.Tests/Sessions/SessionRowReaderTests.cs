using System.Globalization;
using System.Text;
using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

public class SessionRowReaderTests
{
    private const string Ecs =
        """
        {"@timestamp":"2026-01-31T23:59:58.123Z","source":{"ip":"10.0.0.1","port":1234},"destination":{"ip":"10.0.0.2","port":443},
        "client":{"ip":"10.0.0.1","port":1234},"server":{"ip":"10.0.0.2","port":443,"domain":"a.example"},
        "tls":{"established":true,"version":"1.2","version_protocol":"tls","resumed":true,"cipher":"TLS_X","curve":"x25519",
        "client":{"server_name":"a.example"},"server":{"not_after":"2027-01-01T00:00:00.000Z"},
        "detailed":{"version":"TLS 1.2","resumption_method":"ticket","alerts":[{"severity":"warning","type":"close_notify"},{"severity":"fatal","type":"bad_record_mac"}]}}}
        """;

    private const string Classic =
        """
        {"@timestamp":"2026-01-31T23:59:58.123Z","client":{"ip":"fe80::1","port":1234},"server":{"ip":"fe80::2","port":443},
        "tls":{"handshake_completed":true,"resumed":false,"client_hello":{"version":"3.3","extensions":{"server_name_indication":["b.example"]}},
        "server_hello":{"version":"3.3","selected_cipher":"TLS_Y"},"server_certificate":{"not_after":"2027-01-01T00:00:00.000Z"},
        "alerts":[{"severity":"warning","type":"close_notify"}]}}
        """;

    [Fact]
    public void Reads_the_ecs_layout()
    {
        SessionRow row = Read(Ecs)!;
        Assert.Equal(DateTimeOffset.Parse("2026-01-31T23:59:58.123Z", CultureInfo.InvariantCulture), row.Time);
        Assert.Equal(("10.0.0.1", 1234, "a.example"), (row.ClientAddress, row.ClientPort, row.Server));
        Assert.Equal(("TLS 1.2", "TLS_X", "x25519", "ticket"), (row.Version, row.Cipher, row.Group, row.Resumed));
        Assert.Equal("bad_record_mac", row.Alert);
        Assert.Equal(2027, row.CertificateExpiry!.Value.Year);
    }

    [Fact]
    public void Reads_the_classic_layout()
    {
        SessionRow row = Read(Classic)!;
        Assert.Equal(("fe80::1", 1234, "b.example"), (row.ClientAddress, row.ClientPort, row.Server));
        Assert.Equal(("TLS 1.2", "TLS_Y", "", ""), (row.Version, row.Cipher, row.Group, row.Resumed));
        Assert.Equal("close_notify", row.Alert);
        Assert.Equal(2027, row.CertificateExpiry!.Value.Year);
    }

    [Fact]
    public void Shows_the_endpoint_of_a_server_without_a_name()
    {
        SessionRow row = Read("""{"@timestamp":"2026-01-31T23:59:58Z","server":{"ip":"fe80::2","port":443},"tls":{}}""")!;
        Assert.Equal("[fe80::2]:443", row.Server);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"@timestamp":"yesterday","tls":{}}""")]
    [InlineData("""{"@timestamp":"2026-01-31T23:59:58Z"}""")]
    [InlineData("""{"@timestamp":7,"tls":{}}""")]
    public void Refuses_what_is_no_event(string document) => Assert.Null(Read(document));

    [Theory]
    [InlineData("""{"@timestamp":"2026-01-31T23:59:58Z","client":"x","server":{"ip":[1],"port":"443"},"tls":{"resumed":"yes","alerts":[],"version":1.2}}""")]
    [InlineData("""{"@timestamp":"2026-01-31T23:59:58Z","tls":7}""")]
    [InlineData("""{"@timestamp":"2026-01-31T23:59:58Z","tls":{"alerts":[7,"x"],"server_hello":[{}]}}""")]
    public void Takes_events_of_unexpected_shape_without_complaint(string document) => Assert.NotNull(Read(document));

    [Fact]
    public void No_prefix_of_an_event_does_more_than_be_refused()
    {
        for (int length = 0; length < Ecs.Length; length++)
        {
            Assert.Null(Read(Ecs[..length]));
        }
    }

    private static SessionRow? Read(string document) =>
        SessionRowReader.TryRead(Encoding.UTF8.GetBytes(document), out SessionRow? row) ? row : null;
}
