using System.Text;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.LoadTest.Generate;
using TlsAppliance.LoadTest.Measure;
using TlsAppliance.Pipeline;
using TlsAppliance.Testing;

namespace TlsAppliance.LoadTest.Tests.Measure;

/// <summary>The events of generated loads equal their truth in every value, and the comparison notices when they do not.</summary>
public sealed class TruthComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("HandshakeStorm", 1)]
    [InlineData("EnterpriseMix", 2)]
    [InlineData("EnterpriseMix", 8)]
    [InlineData("Bulk", 2)]
    public void The_events_of_a_load_equal_its_truth(string profile, int shards)
    {
        (string[] truth, List<string> events) = Replay(profile, shards);
        TruthComparison comparison = Compare(truth, events);
        Assert.Empty(comparison.Faults);
        Assert.True(comparison.IsEqual);
        Assert.Equal(truth.Length, comparison.Events);
    }

    [Fact]
    public void A_session_without_event_an_event_without_session_and_a_wrong_value_are_noticed()
    {
        (string[] truth, List<string> events) = Replay("HandshakeStorm", shards: 1);
        TruthComparison missing = Compare(truth, events[1..]), twice = Compare(truth, [.. events, events[0]]);
        TruthComparison wrong = Compare(truth, events.Select(document => document.Replace("\"resumed\":true", "\"resumed\":false", StringComparison.Ordinal)));
        Assert.Equal((1, 0, false), (missing.Missing, missing.Wrong, missing.IsEqual));
        Assert.Equal((0, 1, false), (twice.Missing, twice.Wrong, twice.IsEqual));
        Assert.Equal(truth.Count(line => line.Contains("\"resumed\":true", StringComparison.Ordinal)), wrong.Wrong);
        Assert.Contains("resumed: False instead of True", wrong.Faults[0], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static TruthComparison Compare(IEnumerable<string> truth, IEnumerable<string> events)
    {
        TruthComparison comparison = new(truth);
        foreach (string document in events)
        {
            comparison.Add(document);
        }

        return comparison;
    }

    private (string[] Truth, List<string> Events) Replay(string profile, int shards)
    {
        LoadOptions load = new()
        {
            Profile = Enum.Parse<LoadProfile>(profile),
            Output = _folder.Combine("capture"),
            Truth = _folder.Combine("truth"),
            Flows = 400,
            Servers = 8,
            Clients = 100,
            Disturbance = 0.01,
        };
        new LoadGenerator(load).Run();
        Documents documents = new();
        PipelineOptions options = new()
        {
            Shards = shards,
            Events = new EventOptions { Layout = EventLayout.Ecs, Fingerprints = CertificateFingerprints.Sha256 },
        };
        using MergedCaptureSource source = new(CaptureInputs.Resolve([load.Output]));
        new AppliancePipeline(options, documents).Run(source, CancellationToken.None);
        return (File.ReadAllLines(load.Truth), documents.Texts);
    }

    private sealed class Documents : IEventSink
    {
        public List<string> Texts { get; } = [];

        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            for (int index = 0; index < batch.Count; index++)
            {
                Texts.Add(Encoding.UTF8.GetString(batch.Document(index)));
            }

            batch.Complete();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
