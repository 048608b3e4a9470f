using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

public sealed class ElasticsearchClientTlsTests : IDisposable
{
    private readonly TestAuthority _root = new();
    private readonly TestAuthority _authority;

    public ElasticsearchClientTlsTests() => _authority = new TestAuthority(_root);

    public void Dispose()
    {
        _authority.Dispose();
        _root.Dispose();
    }

    private static async Task<ServerInfo> AskAsync(FakeElasticsearch server, ElasticsearchTlsOptions tls, string host = "127.0.0.1")
    {
        using var client = new ElasticsearchClient(new ElasticsearchOptions { Hosts = [$"https://{host}:{server.Port}"], Tls = tls, ProxyDisable = true }, TimeProvider.System);
        return await client.GetInfoAsync(CancellationToken.None);
    }

    private static async Task<string> RefusalAsync(FakeElasticsearch server, ElasticsearchTlsOptions tls, string host = "127.0.0.1")
    {
        ElasticsearchException failure = await Assert.ThrowsAsync<ElasticsearchException>(() => AskAsync(server, tls, host));
        Assert.Equal(ElasticsearchFailure.Tls, failure.Failure);
        Assert.DoesNotContain('\n', failure.Message);
        return failure.Message;
    }

    private FakeElasticsearch Serve(string address, TimeSpan? validity = null, bool sendsAuthority = false) => new(new FakeElasticsearchOptions
    {
        Certificate = _authority.Issue(address, validity),
        Chain = sendsAuthority ? [_authority.Certificate] : [],
    });

    private ElasticsearchTlsOptions Trusting(CertificateVerification verification = CertificateVerification.Full) =>
        new() { CertificateAuthorities = [_authority.File], Verification = verification };

    [Fact]
    public async Task Trusts_what_its_authority_issued_for_this_address()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1");
        Assert.Equal("8.2.3", (await AskAsync(server, Trusting())).Version);
        Assert.Equal("8.2.3", (await AskAsync(server, new() { CertificateAuthorities = [File.ReadAllText(_authority.File)] })).Version);
    }

    [Fact]
    public async Task Trusts_a_root_through_the_authorities_that_the_server_sends()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1", sendsAuthority: true);
        Assert.Equal("8.2.3", (await AskAsync(server, new() { CertificateAuthorities = [_root.File] })).Version);

        await using FakeElasticsearch silent = Serve("127.0.0.1");
        Assert.Contains("is not trusted", await RefusalAsync(silent, new() { CertificateAuthorities = [_root.File] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_only_names_its_authority_is_not_trusted()
    {
        // Same names, other keys: what the server sends as its authority did not sign its certificate.
        using var root = new TestAuthority();
        using var impostor = new TestAuthority(root);
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { Certificate = impostor.Issue("127.0.0.1"), Chain = [_authority.Certificate] });
        Assert.Contains("is not trusted", await RefusalAsync(server, new() { CaTrustedFingerprint = _authority.Fingerprint }), StringComparison.Ordinal);
        Assert.Contains("is not trusted", await RefusalAsync(server, Trusting()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_trust_an_unknown_authority()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1");
        Assert.Contains("the certificate of CN=127.0.0.1 is not trusted", await RefusalAsync(server, new()), StringComparison.Ordinal);
        using var other = new TestAuthority();
        Assert.Contains("is not trusted", await RefusalAsync(server, new() { CertificateAuthorities = [other.File] }), StringComparison.Ordinal);
        Assert.Contains("is not trusted", await RefusalAsync(server, new() { CertificateAuthorities = [other.File], Verification = CertificateVerification.Certificate }), StringComparison.Ordinal);
        Assert.Equal("8.2.3", (await AskAsync(server, new() { Verification = CertificateVerification.None })).Version);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_by_its_names()
    {
        await using FakeElasticsearch server = Serve("es.example");
        Assert.Contains("the certificate is not for 127.0.0.1 but for es.example", await RefusalAsync(server, Trusting()), StringComparison.Ordinal);
        Assert.Equal("8.2.3", (await AskAsync(server, Trusting(CertificateVerification.Certificate))).Version);
    }

    [Fact]
    public async Task A_common_name_counts_where_there_is_nothing_else_and_not_when_strict()
    {
        await using FakeElasticsearch server = Serve("");
        Assert.Equal("8.2.3", (await AskAsync(server, Trusting())).Version);
        Assert.Contains("no subject alternative name", await RefusalAsync(server, Trusting(CertificateVerification.Strict)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_trust_a_certificate_that_has_run_out()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1", TimeSpan.FromHours(1));
        Assert.Contains("is not trusted", await RefusalAsync(server, Trusting()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trusts_an_authority_by_its_fingerprint_when_the_server_shows_it()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1", sendsAuthority: true);
        string fingerprint = string.Join(':', Enumerable.Range(0, 32).Select(at => _authority.Fingerprint.Substring(at * 2, 2))).ToLowerInvariant();
        Assert.Equal("8.2.3", (await AskAsync(server, new() { CaTrustedFingerprint = fingerprint })).Version);
        Assert.Contains("is not trusted", await RefusalAsync(server, new() { CaTrustedFingerprint = new string('0', 64) }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pin_asks_for_a_key_in_a_chain_that_is_right_besides()
    {
        await using FakeElasticsearch server = Serve("127.0.0.1");
        string pin = PinOf(_authority.Certificate);
        Assert.Equal("8.2.3", (await AskAsync(server, Trusting() with { Pins = [PinOf(_root.Certificate), pin] })).Version);
        Assert.Contains("none of ca_sha256 is in its chain", await RefusalAsync(server, Trusting() with { Pins = [Convert.ToBase64String(new byte[32])] }), StringComparison.Ordinal);
        Assert.Contains("is not trusted", await RefusalAsync(server, new() { Pins = [pin] }), StringComparison.Ordinal);
        Assert.Throws<ElasticsearchOptionsException>(() => new ElasticsearchClient(new ElasticsearchOptions { Tls = new() { Pins = ["no pin"] } }, TimeProvider.System));
    }

    private static string PinOf(X509Certificate2 certificate) => Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    [Fact]
    public async Task A_fingerprint_does_not_make_another_name_right()
    {
        await using FakeElasticsearch server = Serve("es.example", sendsAuthority: true);
        Assert.Contains("not for 127.0.0.1", await RefusalAsync(server, new() { CaTrustedFingerprint = _authority.Fingerprint }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shows_its_own_certificate(bool isEncrypted)
    {
        X509Certificate2 own = _authority.Issue("client");
        string certificate = _authority.Write("own.pem", own.ExportCertificatePem() + "\n" + _authority.Certificate.ExportCertificatePem());
        string text = isEncrypted
            ? own.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))
            : own.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();
        ElasticsearchTlsOptions tls = Trusting() with { Certificate = certificate, Key = _authority.Write("own.key", text), KeyPassphrase = isEncrypted ? "secret" : "" };
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { Certificate = _authority.Issue("127.0.0.1"), ClientThumbprint = own.GetCertHashString() });

        Assert.Equal("8.2.3", (await AskAsync(server, tls)).Version);
        await Assert.ThrowsAsync<ElasticsearchException>(() => AskAsync(server, Trusting()));
    }

    [Fact]
    public async Task Says_that_the_other_side_speaks_no_TLS()
    {
        await using var server = new FakeElasticsearch();
        await RefusalAsync(server, new());
    }

    [Fact]
    public void Says_which_file_is_no_certificate()
    {
        string empty = _authority.Write("empty.pem", "");
        Assert.Contains(empty + " has no certificate", Refused(new() { CertificateAuthorities = [empty] }), StringComparison.Ordinal);
        Assert.Contains("/nowhere.pem", Refused(new() { CertificateAuthorities = ["/nowhere.pem"] }), StringComparison.Ordinal);
        Assert.Contains("own.pem", Refused(new() { Certificate = _authority.Write("own.pem", _authority.Certificate.ExportCertificatePem()) }), StringComparison.Ordinal);
        Assert.Contains("no SHA-256 in hex", Refused(new() { CaTrustedFingerprint = "ab" }), StringComparison.Ordinal);

        static string Refused(ElasticsearchTlsOptions tls) => Assert.Throws<ElasticsearchOptionsException>(() => new ElasticsearchClient(new() { Tls = tls }, TimeProvider.System)).Message;
    }
}
