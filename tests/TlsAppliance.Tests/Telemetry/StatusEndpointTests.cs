using System.Net;
using TlsAppliance.Configuration;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Tests.Telemetry;

public sealed class StatusEndpointTests : IDisposable
{
    private static readonly HttpOptions s_anyPort = new() { Enabled = true, Port = 0 };

    private readonly HttpClient _client = new();
    private readonly StatusEndpoint _endpoint;
    private AccountingSnapshot? _snapshot;

    public StatusEndpointTests() => _endpoint = StatusEndpoint.Start(s_anyPort, Status());

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
        using HttpResponseMessage missing = await Get("/");
        using HttpResponseMessage posted =
            await _client.PostAsync(new Uri(_endpoint.Address + "/metrics"), new StringContent(""), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (missing.StatusCode, posted.StatusCode));
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
    public async Task Nobody_answers_when_it_is_over()
    {
        StatusEndpoint endpoint = StatusEndpoint.Start(s_anyPort, Status());
        endpoint.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(new Uri(endpoint.Address + "/healthz"), TestContext.Current.CancellationToken));
    }

    private PipelineStatus Status() => new(() => new PipelineCounters { Frames = 42 }, () => _snapshot, () => { }, []);

    private static AccountingSnapshot Unbalanced() => new(1, new PipelineCounters { Forwarded = 1 }, new PipelineCounters(), 0);

    private Task<HttpResponseMessage> Get(string path) => _client.GetAsync(new Uri(_endpoint.Address + path), TestContext.Current.CancellationToken);
}
