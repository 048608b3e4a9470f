using System.Text;
using System.Text.Json;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Testing.Captures;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests;

/// <summary>Frames in, events out: one run of the replay pipeline.</summary>
internal sealed class Replay : IEventSink
{
    /// <summary>Few, so that connections go on from block to block.</summary>
    public const int FramesPerBlock = 7;

    private readonly List<JsonElement> _events = [];

    private Replay(PipelineOptions? options) => Pipeline = new ReplayPipeline(options ?? new PipelineOptions(), this);

    public ReplayPipeline Pipeline { get; }

    public PipelineCounters Counters => Pipeline.Counters;

    public IReadOnlyList<JsonElement> Events => _events;

    public JsonElement Event => Assert.Single(_events);

    /// <summary>Value at a dotted path of the only event, as text; null when absent.</summary>
    public string? this[string path]
    {
        get
        {
            JsonElement element = Event;
            foreach (string name in path.Split('.'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }

            return element.ToString();
        }
    }

    public string? EndReason => this["tls_appliance.end_reason"];

    public static Replay Of(TcpConversation conversation, PipelineOptions? options = null) => Of(conversation.Build(), options);

    public static Replay Of(IEnumerable<RecordedFrame?> frames, PipelineOptions? options = null) =>
        Of(new BlockSource(frames, FramesPerBlock), options, CancellationToken.None);

    public static Replay Of(BlockSource source, PipelineOptions? options, CancellationToken cancellationToken, Action<Replay>? prepare = null)
    {
        Replay replay = new(options);
        prepare?.Invoke(replay);
        replay.Pipeline.Run(source, cancellationToken);
        Assert.Equal(0, source.BlocksOut);
        replay.AssertAccounted();
        return replay;
    }

    /// <summary>What must be the same however the segments came: all but counts, times and gaps.</summary>
    public string Essence()
    {
        StringBuilder text = new();
        Describe(Event, "", text);
        return text.ToString();
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            _events.Add(JsonDocument.Parse(batch.Document(index).ToArray()).RootElement);
        }

        batch.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Every frame is in exactly one cell.</summary>
    private void AssertAccounted()
    {
        PipelineCounters counters = Counters;
        Assert.Equal(counters.Frames, counters.ByStatus.Sum());
        Assert.Equal(
            counters.ByStatus[0] + counters.DefragmentedSegments,
            counters.Processed + counters.Shunted + counters.FilteredByPort + counters.Quarantined + counters.Strays);
        Assert.Equal(counters.Sessions, counters.Events + counters.Copies + counters.Named["events.filtered"]);
        Assert.Equal(_events.Count, counters.Events);
    }

    private static void Describe(JsonElement element, string path, StringBuilder text)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                Describe(property.Value, path + "." + property.Name, text);
            }
        }
        else if (!IsMeasure(path))
        {
            text.Append(path).Append('=').Append(element).Append('\n');
        }
    }

    private static bool IsMeasure(string path) =>
        path is ".@timestamp" or ".event.id" or ".event.start" or ".event.end" or ".event.duration"
        || path.EndsWith(".bytes", StringComparison.Ordinal) || path.EndsWith(".packets", StringComparison.Ordinal)
        || path.StartsWith(".tls_appliance.timing.", StringComparison.Ordinal) || path.Contains("gap", StringComparison.Ordinal);
}
