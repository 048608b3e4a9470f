using System.Text.Json;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Tests.Sessions.Query;

public class SessionFilterTests
{
    [Theory]
    [InlineData("version=1.2", true)]
    [InlineData("version=TLS1.2", true)]
    [InlineData("tls.version=1.2", true)]
    [InlineData("tls.version=1.3", false)]
    [InlineData("version>=1.2", true)]
    [InlineData("version<1.2", false)]
    [InlineData("sni=www.example.test", true)]
    [InlineData("sni=WWW.EXAMPLE.TEST", true)]
    [InlineData("sni=*.example.*", true)]
    [InlineData("sni='*.example.*'", false)]
    [InlineData("sni!=*.example.*", false)]
    [InlineData("sni=w?w.example.test", true)]
    [InlineData("not_after<30d", false)]
    [InlineData("not_after>30d", true)]
    [InlineData("not_after<2040-01-01", true)]
    [InlineData("not_after>2036-11-20T00:00:00Z", true)]
    [InlineData("duration<1s", true)]
    [InlineData("duration>3ms", true)]
    [InlineData("bytes>6000 and bytes<=6239", true)]
    [InlineData("server=10.77.0.0/16", true)]
    [InlineData("server=10.78.0.0/16", false)]
    [InlineData("alert", false)]
    [InlineData("not alert", true)]
    [InlineData("!alert and established=true", true)]
    [InlineData("alert or sni", true)]
    [InlineData("alert or (sni and not resumed=true)", true)]
    [InlineData("(alert or sni) and client=10.0.0.1", false)]
    [InlineData("tls.handshake_completed=true", true)]
    [InlineData("tls.established=true", true)]
    [InlineData("tls.client_hello.supported_ciphers=TLS_RSA_WITH_AES_128_CBC_SHA", true)]
    [InlineData("event.type=protocol", true)]
    [InlineData("fields.site=lab", false)]
    public void Accepts_what_it_says(string filter, bool accepts)
    {
        using JsonDocument json = JsonDocument.Parse(SampleEvents.Ocsp);
        Assert.Equal(accepts, SessionFilterParser.Parse(filter).Accepts(new EventDocument(json.RootElement)));
    }

    [Theory]
    [InlineData("version=1.2", true)]
    [InlineData("tls.established=true", true)]
    [InlineData("tls.client.supported_ciphers=A", true)]
    [InlineData("cipher=*CBC*", true)]
    [InlineData("not_after<30d", true)]
    [InlineData("tls.server.x509.not_after<7d", false)]
    public void Finds_fields_by_the_names_of_either_layout(string filter, bool accepts)
    {
        using JsonDocument json = JsonDocument.Parse(SampleEvents.Classic);
        Assert.Equal(accepts, SessionFilterParser.Parse(filter).Accepts(new EventDocument(json.RootElement)));
    }

    [Theory]
    [InlineData("", "expected a field at character 1 of \"\"")]
    [InlineData("nto_after<30d", "no field is called nto_after; did you mean not_after?")]
    [InlineData("version=", "expected a value at character 9 of \"version=\"")]
    [InlineData("version=1.2 1.3", "expected \"and\", \"or\" or the end at character 13 of \"version=1.2 1.3\"")]
    [InlineData("(sni", "expected \")\" at character 5 of \"(sni\"")]
    [InlineData("sni='x", "expected a closing ' at character 6 of \"sni='x\"")]
    [InlineData("not_after<soon", "expected a number, a date such as 2030-01-31 or a time such as 30d after <, found \"soon\" at character 15 of \"not_after<soon\"")]
    public void Says_what_it_does_not_understand(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<QueryException>(() => SessionFilterParser.Parse(filter)).Message);

    [Fact]
    public void Depth_is_bounded() => Assert.Throws<QueryException>(() => SessionFilterParser.Parse(new string('(', 100_000) + "sni"));

    [Fact]
    public void Negations_are_bounded_too() => Assert.Throws<QueryException>(() => SessionFilterParser.Parse(string.Concat(Enumerable.Repeat("not ", 100_000)) + "sni"));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXbYY", false)]
    [InlineData("?", "", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("**?*", "x", true)]
    [InlineData("abc", "abcd", false)]
    public void Wildcards_match(string pattern, string text, bool matches) => Assert.Equal(matches, Wildcard.Matches(pattern, text));
}
