using TlsAppliance.Configuration;
using TlsAppliance.Doctor.Readings;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Setup;

namespace TlsAppliance.Doctor.Checks;

/// <summary>One host of the configured output: connection, TLS, credentials, version and permission, as <c>test output</c> tries them. Nothing is written.</summary>
/// <param name="host">The host.</param>
/// <param name="options">The configuration in force.</param>
internal sealed class ElasticsearchCheck(string host, ApplianceOptions options) : Check<OutputTrialOutcome>("elasticsearch")
{
    /// <summary>One host that hangs does not keep the other findings waiting for long.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly string _host = SecretText.Shown(host);

    protected override OutputTrialOutcome Read()
    {
        ElasticsearchOptions configured = options.Elasticsearch.EffectiveClient;
        ElasticsearchOptions patient = configured with { Hosts = [host], Timeout = configured.Timeout < s_timeout ? configured.Timeout : s_timeout };
        try
        {
            using var client = new ElasticsearchClient(patient, TimeProvider.System);
            IndexSetupOptions setup = options.Elasticsearch.ToSetup(options.Events.Layout, live: true);
            return new OutputTrialOutcome(null, OutputTrial.RunAsync(client, setup, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        }
        catch (ElasticsearchException failure)
        {
            return new OutputTrialOutcome(failure.Message, []);
        }
    }

    public override Finding Judge(OutputTrialOutcome reading) => reading.Failure is { } failure
        ? Finding.Problem(failure, $"tls-appliance test output -E {ShellWord.Of($"output.elasticsearch.hosts=[{_host}]")}")
        : Finding.Ok($"{_host}: {string.Join("; ", reading.Found)}");
}
