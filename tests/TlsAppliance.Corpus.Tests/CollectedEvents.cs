using System.Text;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Pipeline;

namespace TlsAppliance.Corpus.Tests;

/// <summary>The events of a replay in this process, as text: <c>ecs</c> layout, all fields, all fingerprints.</summary>
internal sealed class CollectedEvents : IEventSink
{
    private readonly List<string> _documents = [];

    /// <summary>In the order of arrival.</summary>
    public IReadOnlyList<string> Documents => _documents;

    /// <summary>Replays captures as one time line.</summary>
    public static IReadOnlyList<string> Of(params string[] paths)
    {
        PipelineOptions options = new()
        {
            Events = new EventOptions
            {
                Layout = EventLayout.Ecs,
                Fingerprints = CertificateFingerprints.Md5 | CertificateFingerprints.Sha1 | CertificateFingerprints.Sha256,
            },
        };
        CollectedEvents events = new();
        using MergedCaptureSource source = new(CaptureInputs.Resolve(paths));
        new ReplayPipeline(options, events).Run(source, CancellationToken.None);
        Assert.Empty(source.Faults);
        return events._documents;
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            _documents.Add(Encoding.UTF8.GetString(batch.Document(index)));
        }

        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
