using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TlsAppliance.Configuration;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Telemetry;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Telemetry;

public sealed class StatusEndpointTests : IDisposable
{
    private static readonly HttpOptions s_anyPort = new() { Enabled = true, Port = 0 };

    private readonly HttpClient _client = new();
    private readonly StatusEndpoint _endpoint;
    private AccountingSnapshot? _snapshot;

    public StatusEndpointTests() => _endpoint = StatusEndpoint.Start(s_anyPort, new StatusSources(Status()) { OutputName = "none" });

    public void Dispose()
    {
        _endpoint.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        using HttpResponseMessage response = await Get("/metrics");
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("\ntls_appliance_frames_received_total 42\n", text, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_memory_working_set_bytes ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_lives_whatever_its_state()
    {
        _snapshot = Unbalanced();
        using HttpResponseMessage response = await Get("/healthz");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task It_is_ready_until_there_is_a_reason_why_not()
    {
        using (HttpResponseMessage ready = await Get("/readyz"))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }

        _snapshot = Unbalanced();
        using HttpResponseMessage response = await Get("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(
            "accounting residual of segments is -1\naccounting residual of lanes is 1\n",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_else_is_there_and_nothing_can_be_sent()
    {
        using HttpResponseMessage missing = await Get("/nothing");
        using HttpResponseMessage posted =
            await _client.PostAsync(new Uri(_endpoint.Address + "/metrics"), new StringContent(""), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (missing.StatusCode, posted.StatusCode));
    }

    [Fact]
    public async Task Statistics_have_the_shape_of_packetbeats()
    {
        JsonElement stats = await Json("/stats");
        Assert.Equal(42, stats.GetProperty("tls_appliance").GetProperty("frames").GetProperty("received").GetInt64());
        Assert.Equal(
            ["acked", "active", "batches", "dead_letter", "dropped", "duplicates", "failed", "toomany", "total"],
            stats.GetProperty("libbeat").GetProperty("output").GetProperty("events").EnumerateObject().Select(property => property.Name));
        Assert.Equal(7, stats.GetProperty("libbeat").GetProperty("output").GetProperty("events").GetProperty("acked").GetInt64());
        Assert.Equal(9, stats.GetProperty("libbeat").GetProperty("pipeline").GetProperty("events").GetProperty("total").GetInt64());
        Assert.True(stats.GetProperty("beat").GetProperty("memstats").GetProperty("rss").GetInt64() > 0);
        Assert.True(stats.GetProperty("beat").GetProperty("info").GetProperty("uptime").GetProperty("ms").GetInt64() >= 0);
        Assert.True(stats.GetProperty("beat").GetProperty("cpu").GetProperty("total").GetProperty("time").GetProperty("ms").GetInt64() > 0);
        Assert.Equal(Environment.ProcessorCount, stats.GetProperty("system").GetProperty("cpu").GetProperty("cores").GetInt32());

        Assert.Equal("tls-appliance", (await Json("/")).GetProperty("beat").GetString());
        Assert.Equal("none", (await Json("/state")).GetProperty("output").GetProperty("name").GetString());
        Assert.Equal(0, (await Json("/inputs/")).GetArrayLength());
    }

    [Fact]
    public async Task Others_can_be_asked_too()
    {
        var sources = new StatusSources(Status())
        {
            Complaints = [() => ["output: unreachable for 30 s"]],
            Output = () => new OutputStatistics { Type = "elasticsearch", Acked = 5, TooMany = 2 },
            Inputs = json => json.WriteStringValue("eth0"),
        };
        using StatusEndpoint endpoint = StatusEndpoint.Start(s_anyPort, sources);
        using HttpResponseMessage ready = await _client.GetAsync(new Uri(endpoint.Address + "/readyz"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("output: unreachable for 30 s\n", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("[\"eth0\"]", await _client.GetStringAsync(new Uri(endpoint.Address + "/inputs/"), TestContext.Current.CancellationToken));
        string stats = await _client.GetStringAsync(new Uri(endpoint.Address + "/stats"), TestContext.Current.CancellationToken);
        Assert.Contains("\"toomany\":2,", stats, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captures_are_told_to_scripts_and_to_a_person()
    {
        CaptureStatistics captures = new([new CaptureHealth("eth1", 0), new CaptureHealth("eth1", 1)], _ => "af_packet");
        var sources = new StatusSources(Status()) { Inputs = captures.Write, InputLines = captures.Lines };
        using StatusEndpoint endpoint = StatusEndpoint.Start(s_anyPort, sources);
        Uri At(string path) => new(endpoint.Address + path);
        using JsonDocument inputs = JsonDocument.Parse(await _client.GetStringAsync(At("/inputs/"), TestContext.Current.CancellationToken));
        using JsonDocument stats = JsonDocument.Parse(await _client.GetStringAsync(At("/stats"), TestContext.Current.CancellationToken));

        Assert.Equal(["eth1-0", "eth1-1"], inputs.RootElement.EnumerateArray().Select(input => input.GetProperty("id").GetString()));
        Assert.All(inputs.RootElement.EnumerateArray(), input => Assert.True(
            input.GetProperty("up").GetBoolean() && input.GetProperty("input").GetString() == "af_packet" && input.GetProperty("socket_drops").GetInt64() == 0));
        Assert.Equal(2, stats.RootElement.GetProperty("tls_appliance").GetProperty("inputs").GetArrayLength());
        Assert.Equal(
            "ok\neth1: up, 0 frames, 0 dropped, 0 lost by the interface\neth1 thread 1: up, 0 frames, 0 dropped, 0 lost by the interface\n",
            await _client.GetStringAsync(At("/healthz"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_a_token_nothing_but_life_is_told_to_those_who_do_not_know_it()
    {
        const string Token = "0123456789abcdef";
        using StatusEndpoint endpoint = StatusEndpoint.Start(s_anyPort with { Token = Token }, Status());
        Assert.Equal(HttpStatusCode.OK, await Status(endpoint, "/healthz", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(endpoint, "/metrics", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(endpoint, "/readyz", "Bearer 0123456789abcdee"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(endpoint, "/stats", Token));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(endpoint, "/no/such/path", null));
        Assert.Equal(HttpStatusCode.OK, await Status(endpoint, "/stats", "Bearer " + Token));
    }

    [Fact]
    public void A_port_that_is_taken_is_told_in_one_line()
    {
        HttpOptions taken = new() { Enabled = true, Host = "127.0.0.1", Port = new Uri(_endpoint.Address).Port };
        ListenException failure = Assert.Throws<ListenException>(() => StatusEndpoint.Start(taken, Status()));
        Assert.Matches(@"^cannot listen on 127\.0\.0\.1:\d+ \(http\.host, http\.port\): Address already in use$", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task A_socket_in_the_file_system_is_for_owner_and_group_and_gone_afterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets with permissions are Unix'");
        using var folder = new TemporaryFolder();
        string path = folder.Combine("http.sock");
        HttpOptions options = new() { Enabled = true, Host = "unix://" + path };
        using (StatusEndpoint endpoint = StatusEndpoint.Start(options, Status()))
        {
            Assert.Equal($"http://localhost/metrics on the socket {path}", endpoint.MetricsPlace);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, new FileInfo(path).UnixFileMode);
            using HttpClient client = SocketClient.To(path);
            Assert.Equal("ok\n", await client.GetStringAsync(new Uri(endpoint.Address + "/healthz"), TestContext.Current.CancellationToken));
            ListenException taken = Assert.Throws<ListenException>(() => StatusEndpoint.Start(options, Status()));
            Assert.StartsWith($"cannot listen on {path} (http.host, http.port): ", taken.Message, StringComparison.Ordinal);
            Assert.Equal("ok\n", await client.GetStringAsync(new Uri(endpoint.Address + "/healthz"), TestContext.Current.CancellationToken));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void What_a_killed_process_has_left_is_no_obstacle_and_what_is_somebodys_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets with permissions are Unix'");
        using var folder = new TemporaryFolder();
        string left = folder.Combine("left");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(left));
            StatusEndpoint.Start(new HttpOptions { Enabled = true, Host = "unix://" + left }, Status()).Dispose();
        }

        ListenException nowhere = Assert.Throws<ListenException>(() => StatusEndpoint.Start(new HttpOptions { Enabled = true, Host = "unix:///no/such/x" }, Status()));
        Assert.Equal("cannot listen on /no/such/x (http.host, http.port): no such directory", nowhere.Message);
        string file = folder.Combine("file");
        File.WriteAllText(file, "mine");
        Assert.Throws<ListenException>(() => StatusEndpoint.Start(new HttpOptions { Enabled = true, Host = "unix://" + file }, Status()));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public async Task Nobody_answers_when_it_is_over()
    {
        StatusEndpoint endpoint = StatusEndpoint.Start(s_anyPort, Status());
        endpoint.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(new Uri(endpoint.Address + "/healthz"), TestContext.Current.CancellationToken));
    }

    private async Task<HttpStatusCode> Status(StatusEndpoint endpoint, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Address + path));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<JsonElement> Json(string path)
    {
        using HttpResponseMessage response = await Get(path);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    private PipelineStatus Status() => new(() => new PipelineCounters { Frames = 42, Events = 7, Delivered = 7, Unrendered = 2 }, () => _snapshot, () => { }, []);

    private static AccountingSnapshot Unbalanced() => new(1, new PipelineCounters { Forwarded = 1 }, new PipelineCounters(), 0);

    private Task<HttpResponseMessage> Get(string path) => _client.GetAsync(new Uri(_endpoint.Address + path), TestContext.Current.CancellationToken);
}
