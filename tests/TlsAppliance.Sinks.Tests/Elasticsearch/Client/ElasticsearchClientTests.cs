using System.Net;
using System.Net.Sockets;
using System.Text;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

public sealed class ElasticsearchClientTests : IAsyncDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(number => $$$"""{"create":{"_index":"a","_id":"{{{number}}}"}}""" + "\n{}\n")));

    private readonly FakeElasticsearch _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static ElasticsearchClient New(ElasticsearchOptions options) => new(options with { ProxyDisable = options.ProxyUrl.Length == 0 }, TimeProvider.System);

    private static async Task<ElasticsearchException> FailureAsync(ElasticsearchOptions options)
    {
        using ElasticsearchClient client = New(options);
        ElasticsearchException failure = await Assert.ThrowsAsync<ElasticsearchException>(async () => await client.GetInfoAsync(CancellationToken.None));
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }

    [Fact]
    public async Task Asks_for_what_it_needs_to_judge_the_items_and_leaves_the_server_time_to_say_no()
    {
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url], Parameters = new Dictionary<string, string> { ["refresh"] = "true" } });
        using ElasticsearchAnswer answer = await client.BulkAsync(Body, CancellationToken.None);

        FakeRequest request = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "/_bulk"), (request.Method, request.Path));
        Assert.Equal(("errors,items.*._id,items.*.status,items.*.error", "30s", "true"), (request.Query["filter_path"], request.Query["timeout"], request.Query["refresh"]));
        Assert.Equal(("application/x-ndjson", "application/json", "gzip"), (request.Header("Content-Type"), request.Header("Accept"), request.Header("Content-Encoding")));
        Assert.StartsWith("tls-appliance/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal(Body, request.Body);
        Assert.True(request.WireBytes < Body.Length / 4);
        Assert.StartsWith("{\"errors\":false,\"items\":[{\"create\":{\"_id\":\"0\",\"status\":201}}", Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_headers_credentials_and_path_as_configured_and_nothing_packed_at_level_0()
    {
        await using var server = new FakeElasticsearch(new() { PathPrefix = "/es", Authorization = "ApiKey aWQ6a2V5" });
        using ElasticsearchClient client = New(new()
        {
            Hosts = [server.Url],
            Path = "/es/",
            ApiKey = "id:key",
            CompressionLevel = 0,
            Headers = new Dictionary<string, string> { ["X-Tenant"] = "a", ["User-Agent"] = "mine" },
        });
        using ElasticsearchAnswer answer = await client.BulkAsync(Body, CancellationToken.None);

        FakeRequest request = server.Requests[0];
        Assert.Equal((200, "/es/_bulk", "a", "mine", "", Body.Length), (answer.Status, request.Path, request.Header("X-Tenant"), request.Header("User-Agent"), request.Header("Content-Encoding"), request.WireBytes));
    }

    [Fact]
    public async Task Keeps_one_connection_for_many_requests()
    {
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url] });
        for (int request = 0; request < 20; request++)
        {
            (await client.SendAsync(HttpMethod.Get, "", default, CancellationToken.None)).Dispose();
        }

        Assert.Equal(1, _server.Connections);
    }

    [Theory]
    [InlineData("8.2.3", false, ServerProduct.Elasticsearch)]
    [InlineData("9.1.0-SNAPSHOT", false, ServerProduct.Elasticsearch)]
    [InlineData("7.17.0", false, ServerProduct.Elasticsearch)]
    [InlineData("2.19.1", true, ServerProduct.OpenSearch)]
    public async Task Tells_what_it_speaks_to(string version, bool isOpenSearch, ServerProduct product)
    {
        await using var server = new FakeElasticsearch(new() { Version = version, IsOpenSearch = isOpenSearch });
        using ElasticsearchClient client = New(new() { Hosts = [server.Url] });
        ServerInfo info = await client.GetInfoAsync(CancellationToken.None);
        Assert.Equal((product, version, int.Parse(version.Split('.')[0]), "tls-appliance-tests"), (info.Product, info.Version, info.Major, info.ClusterName));
    }

    [Fact]
    public async Task Takes_no_older_version_when_told_so()
    {
        await using var server = new FakeElasticsearch(new() { Version = "7.17.0" });
        ElasticsearchException failure = await FailureAsync(new() { Hosts = [server.Url], AllowOlderVersions = false });
        Assert.Equal((ElasticsearchFailure.Version, $"{server.Url}: is Elasticsearch 7.17.0, older than 8.0"), (failure.Failure, failure.Message));
    }

    [Fact]
    public async Task Says_that_credentials_are_missing_or_do_not_suffice()
    {
        await using var server = new FakeElasticsearch(new() { Authorization = "Basic eA==" });
        ElasticsearchException failure = await FailureAsync(new() { Hosts = [server.Url], Username = "u", Password = "secret" });
        Assert.Equal(ElasticsearchFailure.Unauthorized, failure.Failure);
        Assert.Contains("status 401: unable to authenticate user", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_take_a_login_page_for_a_server()
    {
        await using var server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        ElasticsearchException failure = await FailureAsync(new() { Hosts = [server.Url] });
        Assert.Equal((ElasticsearchFailure.Product, $"{server.Url}: is neither Elasticsearch nor OpenSearch"), (failure.Failure, failure.Message));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", ElasticsearchFailure.Answer)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cut\":", ElasticsearchFailure.Answer)]
    [InlineData("", ElasticsearchFailure.Answer)]
    public async Task Says_that_the_answer_is_none(string answer, ElasticsearchFailure failure)
    {
        await using var server = new OneAnswer(answer);
        Assert.Equal(failure, (await FailureAsync(new() { Hosts = [server.Url] })).Failure);
    }

    [Fact]
    public async Task Does_not_read_an_answer_without_end()
    {
        string body = new('x', 1024 * 1024);
        await using var server = new OneAnswer("HTTP/1.1 200 OK\r\n\r\n" + string.Concat(Enumerable.Repeat(body, 66)));
        ElasticsearchException failure = await FailureAsync(new() { Hosts = [server.Url] });
        Assert.Contains("more than 64 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_name_has_no_address()
    {
        // Longer than a label may be: the resolver knows without asking the network.
        string host = $"http://{new string('x', 64)}.invalid:9200";
        Assert.Equal(ElasticsearchFailure.Name, (await FailureAsync(new() { Hosts = [host] })).Failure);
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        _server.GoDown();
        ElasticsearchException failure = await FailureAsync(new() { Hosts = [_server.Url] });
        Assert.Equal(ElasticsearchFailure.Connection, failure.Failure);
        Assert.StartsWith(_server.Url + ": cannot connect: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_no_longer_than_the_timeout_for_an_answer()
    {
        _server.Script = (_, _) => BulkFault.Silence;
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url], Timeout = TimeSpan.FromMilliseconds(100) });
        ElasticsearchException failure = await Assert.ThrowsAsync<ElasticsearchException>(async () => await client.BulkAsync(Body, CancellationToken.None));
        Assert.Equal((ElasticsearchFailure.Timeout, $"{_server.Url}: no answer within 0.1 s"), (failure.Failure, failure.Message));
    }

    [Fact]
    public async Task A_stop_is_not_taken_for_a_timeout()
    {
        _server.Script = (_, _) => BulkFault.Silence;
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url] });
        using var stop = new CancellationTokenSource();
        Task<ElasticsearchAnswer> waiting = client.BulkAsync(Body, stop.Token).AsTask();
        await Delivery.UntilAsync(() => _server.Bulks == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Hosts_take_turns()
    {
        await using var second = new FakeElasticsearch();
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url, second.Url] });
        await SendAsync(client, 10);
        Assert.Equal((5, 5), (_server.Bulks, second.Bulks));
    }

    [Fact]
    public async Task Without_balance_one_host_gets_all_until_it_fails()
    {
        await using var second = new FakeElasticsearch();
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url, second.Url], LoadBalance = false });
        await SendAsync(client, 5);
        _server.GoDown();
        await SendAsync(client, 5);
        Assert.Equal((5, 5), (_server.Bulks, second.Bulks));
    }

    [Fact]
    public async Task A_dead_host_costs_no_request_and_is_left_alone()
    {
        await using var second = new FakeElasticsearch();
        using ElasticsearchClient client = New(new() { Hosts = [_server.Url, second.Url] });
        _server.GoDown();
        await SendAsync(client, 20);
        Assert.Equal(20, second.Bulks);
    }

    [Fact]
    public async Task A_host_of_another_kind_among_several_gets_no_events()
    {
        await using var old = new FakeElasticsearch(new() { Version = "6.8.23" });
        await using var login = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
        using ElasticsearchClient client = New(new() { Hosts = [old.Url, login.Url, _server.Url] });
        await SendAsync(client, 10);
        Assert.Equal((0, 10), (old.Bulks, _server.Bulks));
        Assert.DoesNotContain("_bulk", login.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_host_is_of_the_right_kind_that_is_told()
    {
        await using var old = new FakeElasticsearch(new() { Version = "6.8.23" });
        await using var older = new FakeElasticsearch(new() { Version = "5.6.16" });
        using ElasticsearchClient client = New(new() { Hosts = [old.Url, older.Url] });
        ElasticsearchException failure = await Assert.ThrowsAsync<ElasticsearchException>(async () => await client.BulkAsync(Body, CancellationToken.None));
        Assert.Equal(ElasticsearchFailure.Version, failure.Failure);
        Assert.Equal((0, 0), (old.Bulks, older.Bulks));
    }

    [Fact]
    public async Task A_proxy_is_used_when_one_is_named()
    {
        await using var proxy = new OneAnswer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        ElasticsearchException failure = await FailureAsync(new() { Hosts = ["http://es.invalid:9200"], ProxyUrl = $"http://user:p%40ss@127.0.0.1:{proxy.Port}" });
        Assert.Equal(ElasticsearchFailure.Status, failure.Failure);
        Assert.StartsWith("GET http://es.invalid:9200/ HTTP/1.1\r\n", proxy.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_lets_nobody_through_is_told()
    {
        await using var proxy = new OneAnswer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        ElasticsearchException failure = await FailureAsync(new() { Hosts = ["https://es.invalid:9200"], ProxyUrl = $"127.0.0.1:{proxy.Port}" });
        Assert.Equal(ElasticsearchFailure.Proxy, failure.Failure);
        Assert.StartsWith("CONNECT es.invalid:9200 HTTP/1.1\r\n", proxy.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_options_that_no_waiting_mends()
    {
        Assert.Equal("hosts is empty", Refused(new() { Hosts = [] }));
        Assert.Contains("ftp", Refused(new() { Hosts = ["ftp://a"] }), StringComparison.Ordinal);
        Assert.Contains("proxy_url", Refused(new() { ProxyUrl = "ftp://a" }), StringComparison.Ordinal);

        static string Refused(ElasticsearchOptions options) => Assert.Throws<ElasticsearchOptionsException>(() => new ElasticsearchClient(options, TimeProvider.System)).Message;
    }

    private static async Task SendAsync(ElasticsearchClient client, int requests)
    {
        for (int request = 0; request < requests; request++)
        {
            using ElasticsearchAnswer answer = await client.BulkAsync(Body, CancellationToken.None);
            Assert.Equal(200, answer.Status);
        }
    }

    /// <summary>A listener that says the same to everyone and hangs up.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _answering;
        private readonly byte[] _answer;

        public OneAnswer(string answer)
        {
            _answer = Encoding.Latin1.GetBytes(answer);
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _answering = AnswerAsync();
        }

        public int Port { get; }

        public string Url => $"http://127.0.0.1:{Port}";

        public string Received { get; private set; } = "";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _answering;
        }

        private async Task AnswerAsync()
        {
            byte[] buffer = new byte[8192];
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    NetworkStream stream = client.GetStream();
                    try
                    {
                        Received = Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer));
                        await stream.WriteAsync(_answer);
                    }
                    catch (IOException)
                    {
                        // It has heard enough.
                    }
                }
            }
            catch (Exception failure) when (failure is SocketException or InvalidOperationException)
            {
                // Stopped while it waited for the next one, or before it asked for one.
            }
        }
    }
}
