using System.Text.Json;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Tests.Doctor.Checks;

/// <summary>doctor tries the hosts of a configured output, each for itself.</summary>
public sealed class ElasticsearchCheckTests
{
    [Fact]
    public async Task A_host_that_answers_is_well_and_one_that_does_not_has_the_command_that_tells_more()
    {
        await using var server = new FakeElasticsearch();
        await using var gone = new FakeElasticsearch();
        string unreachable = gone.Url;
        gone.GoDown();
        JsonElement[] findings = Examine("-E", $"output.elasticsearch.hosts=[{server.Url},{unreachable}]");

        Assert.Equal(["ok", "problem"], findings.Select(finding => finding.GetProperty("verdict").GetString()));
        Assert.Contains(server.Url, findings[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal($"tls-appliance test output -E 'output.elasticsearch.hosts=[{unreachable}]'", findings[1].GetProperty("command").GetString());
    }

    [Fact]
    public void Nothing_is_tried_that_is_not_configured() => Assert.Empty(Examine());

    private static JsonElement[] Examine(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        ToolProcess run = ToolProcess.Appliance(["doctor", "-i", "lo", "--json", .. arguments], folder: folder.Path);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        return [.. report.RootElement.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("check").GetString() == "elasticsearch").Select(finding => finding.Clone())];
    }
}
