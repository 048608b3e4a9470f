using System.Text;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

public class HostAddressTests
{
    [Theory]
    [InlineData("localhost", "http://localhost:9200/")]
    [InlineData("localhost:1234", "http://localhost:1234/")]
    [InlineData("[::1]", "http://[::1]:9200/")]
    [InlineData("[::1]:80", "http://[::1]/")]
    [InlineData("https://es.example", "https://es.example:9200/")]
    [InlineData("https://es.example:443", "https://es.example/")]
    [InlineData("http://es.example/es/", "http://es.example:9200/es/")]
    [InlineData("es.example/deep/er", "http://es.example:9200/deep/er/")]
    public void Completes_what_is_not_written(string host, string root) =>
        Assert.Equal(root, HostAddress.Parse(host, new ElasticsearchOptions()).Root.AbsoluteUri);

    [Fact]
    public void Takes_scheme_and_path_from_the_options_where_the_host_has_none()
    {
        var options = new ElasticsearchOptions { Protocol = "https", Path = "/es" };
        Assert.Equal("https://a:9200/es/", HostAddress.Parse("a", options).Root.AbsoluteUri);
        Assert.Equal("http://a:9200/own/", HostAddress.Parse("http://a/own", options).Root.AbsoluteUri);
    }

    [Fact]
    public void Without_TLS_the_scheme_of_the_options_does_not_count() =>
        Assert.Equal("http://a:9200/", HostAddress.Parse("a", new ElasticsearchOptions { Protocol = "https", Tls = new() { Enabled = false } }).Root.AbsoluteUri);

    [Theory]
    [InlineData("id:key", "ApiKey aWQ6a2V5")]
    [InlineData("aWQ6a2V5", "ApiKey aWQ6a2V5")]
    public void Takes_an_API_key_as_it_is_shown_and_as_it_is_sent(string key, string header) =>
        Assert.Equal(header, HostAddress.Parse("a", new ElasticsearchOptions { ApiKey = key, Username = "u", Password = "p" }).Authorization);

    [Fact]
    public void A_user_in_the_URL_goes_before_the_options_and_is_never_shown()
    {
        HostAddress address = HostAddress.Parse("https://me:p%40ss+%3A@es:9200", new ElasticsearchOptions { ApiKey = "id:key" });
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:p@ss+:")), address.Authorization);
        Assert.Equal("https://es:9200", address.Name);
        Assert.DoesNotContain("me", address.Root.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_asks_for_credentials_that_are_not_there() => Assert.Null(HostAddress.Parse("a", new ElasticsearchOptions()).Authorization);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ftp://a")]
    [InlineData("http://a/?q=1")]
    [InlineData("http://")]
    public void Refuses_what_is_no_host(string host) => Assert.Throws<FormatException>(() => HostAddress.Parse(host, new ElasticsearchOptions()));
}
