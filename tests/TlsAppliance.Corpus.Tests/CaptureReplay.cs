using System.Text;
using System.Text.Json;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Corpus.Tests;

/// <summary>Replays the bytes of a capture file in this process, whole or damaged. Every event must be valid JSON; no exception may get out.</summary>
internal sealed class CaptureReplay : IEventSink
{
    private static readonly PipelineOptions Everything = new()
    {
        Events = new EventOptions
        {
            Layout = EventLayout.Ecs,
            IncludeRawCertificates = true,
            Fingerprints = CertificateFingerprints.Md5 | CertificateFingerprints.Sha1 | CertificateFingerprints.Sha256,
        },
    };

    private readonly List<string> _documents = [];

    /// <summary>In the order of arrival.</summary>
    public IReadOnlyList<string> Documents => _documents;

    /// <summary>The only one.</summary>
    public string Document => Assert.Single(_documents);

    public PipelineCounters Counters { get; private set; } = new();

    /// <summary>What the reader had to say about damage.</summary>
    public IReadOnlyList<CaptureFault> Faults { get; private set; } = [];

    /// <summary>Frames of which the reading of a flow failed by a fault of ours.</summary>
    public long Quarantines => Counters.Named["flows.quarantined"];

    /// <summary>Replays frames as a whole capture.</summary>
    public static CaptureReplay Of(IEnumerable<RecordedFrame> frames, LinkType linkType = LinkType.Ethernet, EventLayout layout = EventLayout.Ecs)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "input.pcap");
        File.WriteAllBytes(path, PcapWriter.Build(frames, linkType, PcapWriter.NanosecondMagic));
        CaptureReplay replay = Of(path, Everything with { Events = Everything.Events with { Layout = layout } });
        Assert.Empty(replay.Faults);
        Assert.Equal(0, replay.Quarantines);
        return replay;
    }

    /// <summary>Replays a file as it is.</summary>
    public static CaptureReplay Of(string path, PipelineOptions? options = null)
    {
        CaptureReplay replay = new();
        using MergedCaptureSource source = new(CaptureInputs.Resolve([path]));
        ReplayPipeline pipeline = new(options ?? Everything, replay);
        pipeline.Run(source, CancellationToken.None);
        (replay.Counters, replay.Faults) = (pipeline.Counters, [.. source.Faults]);
        return replay;
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            ReadToEnd(batch.Document(index));
            _documents.Add(Encoding.UTF8.GetString(batch.Document(index)));
        }

        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Throws where the document is no JSON or no UTF-8.</summary>
    private static void ReadToEnd(ReadOnlySpan<byte> document)
    {
        _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(document);
        Utf8JsonReader reader = new(document);
        while (reader.Read())
        {
        }
    }
}
