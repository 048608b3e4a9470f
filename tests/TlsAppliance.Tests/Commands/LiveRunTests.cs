using System.Net;
using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Wires;
using TlsAppliance.Tests.Telemetry;

namespace TlsAppliance.Tests.Commands;

/// <summary><c>run</c> as an operator has it, beside logrotate, a monitoring system and a log.</summary>
public sealed class LiveRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hangup_puts_new_lists_and_processors_in_force_begins_moved_files_anew_and_loses_nothing()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        Configure("tags: [before]");
        using RunningAppliance run = RunningAppliance.Start(wire, _folder.Path, "-i", VethWire.SensorDevice, "-c", "c.yml", "--json");
        run.AwaitTold("capturing " + VethWire.SensorDevice);

        wire.Replay(Capture("alert-protocol-version"));
        run.Await(() => Events("*.ndjson").Length == 1, "the first event");
        string file = Directory.GetFiles(_folder.Combine("out")).Single();
        File.Move(file, file + ".moved");
        Configure("tags: [after]\nprocessors: [{drop_fields: {fields: [client.port]}}]");
        run.Signal("HUP");
        run.AwaitTold("reload: done; new are ");
        wire.Replay(Capture("tls13-full"));
        run.Await(() => Events("*.ndjson").Length == 1, "the second event");

        using JsonDocument summary = JsonDocument.Parse(run.Stop());
        JsonElement before = Assert.Single(Events("*.moved"));
        JsonElement after = Assert.Single(Events("*.ndjson"));
        Assert.Equal(file, Directory.GetFiles(_folder.Combine("out"), "*.ndjson").Single());
        Assert.Equal(("before", "after"), (before.GetProperty("tags")[0].GetString(), after.GetProperty("tags")[0].GetString()));
        Assert.True(before.GetProperty("client").TryGetProperty("port", out _));
        Assert.False(after.GetProperty("client").TryGetProperty("port", out _));
        Assert.Equal(2, summary.RootElement.GetProperty("events").GetInt64());
    }

    [Fact]
    public void A_hangup_exchanges_the_filter_of_the_kernel()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        ConfigureFilter("tcp port 1");
        using RunningAppliance run = RunningAppliance.Start(wire, _folder.Path, "-c", "c.yml", "--json");
        run.AwaitTold("capturing " + VethWire.SensorDevice);

        wire.Replay(Capture("alert-protocol-version"));
        ConfigureFilter("tcp");
        run.Signal("HUP");
        run.AwaitTold($"reload: {VethWire.SensorDevice} has another filter: tcp");
        int sent = wire.Replay(Capture("tls13-full"));
        run.Await(() => Events("*.ndjson").Length == 1, "the event");

        ConfigureFilter("no filter");
        run.Signal("HUP");
        run.AwaitTold("not a filter: \"no filter\": ");
        run.AwaitTold("reload: the configuration is wrong; what was in force stays");
        using JsonDocument summary = JsonDocument.Parse(run.Stop());
        Assert.InRange(summary.RootElement.GetProperty("frames").GetInt64(), 1, sent);
    }

    [Fact]
    public void With_libpcap_another_filter_waits_for_the_next_start()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        ConfigureFilter("tcp");
        using RunningAppliance run = RunningAppliance.Start(wire, _folder.Path, "-c", "c.yml", "--type", "pcap");
        run.AwaitTold("capturing " + VethWire.SensorDevice);

        ConfigureFilter("udp");
        run.Signal("HUP");
        run.AwaitTold($"reload: {VethWire.SensorDevice} keeps its filter: libpcap would lose frames; it takes another filter at the next start");
        run.AwaitTold("reload: done");
        wire.Replay(Capture("alert-protocol-version"));
        run.Await(() => Events("*.ndjson").Length == 1, "the event");
        run.Stop();
    }

    [Fact]
    public void A_hangup_with_a_wrong_configuration_changes_nothing_and_ends_nothing()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        Configure("tags: [before]");
        using RunningAppliance run = RunningAppliance.Start(wire, _folder.Path, "-i", VethWire.SensorDevice, "-c", "c.yml");
        run.AwaitTold("capturing " + VethWire.SensorDevice);

        Configure("tgas: [after]");
        run.Signal("HUP");
        run.AwaitTold("c.yml:1:1: tgas: unknown option; did you mean tags?");
        run.AwaitTold("reload: the configuration is wrong; what was in force stays");
        wire.Replay(Capture("alert-protocol-version"));
        run.Await(() => Events("*.ndjson").Length == 1, "the event");

        run.Stop();
        Assert.Equal("before", Events("*.ndjson").Single().GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task It_is_ready_while_its_interface_is_captured_and_lives_in_any_case()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        string socket = _folder.Combine("http.sock");
        using RunningAppliance run = RunningAppliance.Start(
            wire, _folder.Path, "-i", VethWire.SensorDevice, "-o", "none", "-E", "http.enabled=true", "-E", "http.host=unix://" + socket);
        run.AwaitTold("metrics at http://localhost/metrics on the socket " + socket);
        run.AwaitTold("capturing " + VethWire.SensorDevice);
        using HttpClient client = SocketClient.To(socket);

        run.Await(() => Ask(client, "/readyz") == (HttpStatusCode.OK, "ready\n"), "ready");
        ToolProcess.Run("ip", ["-n", wire.Sensor, "link", "set", VethWire.SensorDevice, "down"]);
        run.Await(() => Ask(client, "/readyz").Status == HttpStatusCode.ServiceUnavailable, "not ready");
        Assert.StartsWith(VethWire.SensorDevice + " is not captured: ", Ask(client, "/readyz").Text, StringComparison.Ordinal);
        (HttpStatusCode status, string health) = Ask(client, "/healthz");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("ok\n", health, StringComparison.Ordinal);
        ToolProcess.Run("ip", ["-n", wire.Sensor, "link", "set", VethWire.SensorDevice, "up"]);
        run.Await(() => Ask(client, "/readyz") == (HttpStatusCode.OK, "ready\n"), "ready again");

        using JsonDocument stats = JsonDocument.Parse(Ask(client, "/stats").Text);
        Assert.Equal("none", stats.RootElement.GetProperty("libbeat").GetProperty("output").GetProperty("type").GetString());
        run.Stop();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://localhost/healthz"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_log_goes_to_the_standard_error_with_the_parts_that_were_chosen()
    {
        using VethWire? wire = VethWire.TryCreate(out string reason);
        Assert.SkipWhen(wire is null, reason);
        using RunningAppliance run = RunningAppliance.Start(
            wire, _folder.Path, "-i", VethWire.SensorDevice, "-o", "none", "-q", "-e", "-d", "capture", "-E", "logging.metrics.period=1s");
        run.AwaitTold($"DEBUG  [capture]  {VethWire.SensorDevice}, thread 0: ");

        Assert.Equal("", run.Stop());
        Assert.Contains($"INFO   [run]  capturing {VethWire.SensorDevice}", run.Told, StringComparison.Ordinal);
        Assert.Contains("INFO   [monitoring]  in all, in ", run.Told, StringComparison.Ordinal);
        Assert.All(run.Told.Split('\n').Where(line => line.Contains("DEBUG", StringComparison.Ordinal)), line => Assert.Contains("[capture]", line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.Combine("logs")));
    }

    private static string Capture(string name) => RepositoryRoot.Combine("replay-corpus", name, "input.pcap");

    private static (HttpStatusCode Status, string Text) Ask(HttpClient client, string path)
    {
        using HttpResponseMessage answer = client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost" + path)));
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return (answer.StatusCode, reader.ReadToEnd());
    }

    private void ConfigureFilter(string filter) => Configure($"packetbeat.interfaces: {{device: {VethWire.SensorDevice}, bpf_filter: {filter}}}");

    private void Configure(string text) => File.WriteAllText(_folder.Combine("c.yml"), text + "\noutput.file.path: out\n");

    /// <summary>Whole lines; the last one may be under way.</summary>
    private JsonElement[] Events(string files) =>
    [
        .. Directory.GetFiles(_folder.Combine("out"), files)
            .SelectMany(file => File.ReadAllText(file) is var text ? text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
            .Select(line => JsonElement.Parse(line)),
    ];
}
