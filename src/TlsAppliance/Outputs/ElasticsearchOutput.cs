using System.Globalization;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Elasticsearch.Setup;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Outputs;

/// <summary>
/// <c>output.elasticsearch</c> as a run uses it: queue, dead letters, sink and set-up, opened together and closed in order. For a live box and for a replay: they differ
/// in the index, the queue and what happens when it is full.
/// </summary>
internal sealed class ElasticsearchOutput : IDisposable
{
    /// <summary>At the start nobody waits longer for a server that may come later.</summary>
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(5);

    /// <summary>A hiccup of the server is no alarm; longer than this without progress is.</summary>
    private static readonly TimeSpan s_failing = TimeSpan.FromSeconds(5);

    /// <summary>Share of the queue from which on events may soon be dropped.</summary>
    private const double NearlyFull = 0.8;

    private readonly ElasticsearchSink _sink;
    private readonly DeadLetterFile _deadLetters;
    private readonly HeldDirectories _held;
    private readonly DeliveryMetrics _metrics;
    private readonly Action<DeliveryCondition, string?> _tell;
    private readonly string _deadLetterPath;
    private readonly ReplaceableClient _client;
    private readonly IndexSetup _setup;
    private readonly string _index;
    private readonly string? _queuePath;
    private readonly QueueOptions _queue;
    private readonly long _queueEvents;
    private string _targets;

    private ElasticsearchOutput(ReplaceableClient client, IndexSetup setup, ElasticsearchSink sink, DeadLetterFile deadLetters, HeldDirectories held, string deadLetterPath, string targets, string index, string? queuePath,
        ApplianceOptions options, Action<DeliveryCondition, string?> tell) =>
        (_client, _setup, _queue, _queueEvents, _tell, _sink, _deadLetters, _held, _deadLetterPath, _targets, _index, _queuePath, _metrics) =
        (client, setup, options.Queue, options.EffectiveMemoryQueue.Events, tell, sink, deadLetters, held, deadLetterPath, targets, index, queuePath, new DeliveryMetrics(PipelineMetrics.MeterName, () => sink.State, TimeProvider.System));

    /// <summary>Where events are written.</summary>
    public IEventSink Sink => _sink;

    /// <summary>The sink's books, at any time.</summary>
    public DeliveryState State => _sink.State;

    /// <summary>Opens everything. A server that is not there is no reason not to: events wait for it.</summary>
    /// <param name="live">A live box; else a replay.</param>
    /// <param name="directory">Where queue and dead letters lie; stays the caller's, and open for longer than the output.</param>
    /// <param name="tell">Takes a line when events are taken again.</param>
    /// <param name="warn">Takes a line when they are not.</param>
    /// <exception cref="ElasticsearchOptionsException">A host, certificate or proxy cannot be used.</exception>
    /// <exception cref="ElasticsearchException">An index of the other layout stands where events would go (<see cref="ElasticsearchFailure.Conflict"/>).</exception>
    /// <exception cref="QueueFormatException">The queue is of another version.</exception>
    /// <exception cref="DataDirectoryInUseException">Another process has the directory of the queue or of the dead letters.</exception>
    public static ElasticsearchOutput Open(ApplianceOptions options, bool live, DataDirectory directory, Action<string> tell, Action<string> warn, TimeProvider time)
    {
        ElasticsearchOutputOptions output = options.Elasticsearch;
        IndexNamePattern index = output.IndexPattern(live);
        var setup = new IndexSetup(output.ToSetup(options.Events.Layout, live));
        var client = new ReplaceableClient(new ElasticsearchClient(output.EffectiveClient, time));
        var held = new HeldDirectories(directory);
        try
        {
            LookFirst(client, setup);
            string? queuePath = options.Queue.UsesDisk(live) ? held.At(options.Queue.Disk.Path).QueuePath : null;
            string deadLetterPath = held.At(options.DeadLetters.Path).DeadLettersPath;
            IEventQueue queue = OpenQueue(options, live, queuePath, time);
            var deadLetters = new DeadLetterFile(options.DeadLetters with { Path = deadLetterPath }, time);
            var sink = new ElasticsearchSink(client, queue, deadLetters, index, output.EffectiveBulk, setup, time, new Random());
            Action<DeliveryCondition, string?> told = (condition, problem) => Tell(condition, problem, tell, warn);
            sink.ConditionChanged += told;
            return new ElasticsearchOutput(
                client, setup, sink, deadLetters, held, deadLetterPath, Targets(output), index.WildcardFor(options.Events.Layout), queuePath,
                options, told);
        }
        catch
        {
            held.Dispose();
            client.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects anew as these options say: hosts, credentials, certificates and keys, which may have changed in their files. A server that does not answer, or is not
    /// one to write to, does not take the place of the one in use. Nothing is lost: what was not acknowledged is sent again.
    /// </summary>
    /// <exception cref="ElasticsearchOptionsException">A host, certificate or proxy cannot be used.</exception>
    public Action Prepare(ApplianceOptions options, Action<string> tell)
    {
        var next = new ElasticsearchClient(options.Elasticsearch.EffectiveClient, TimeProvider.System);
        return () =>
        {
            if (Objection(next, _setup) is { } objection)
            {
                next.Dispose();
                tell($"reload: elasticsearch keeps its connection: {objection}");
                return;
            }

            _client.Replace(next);
            Volatile.Write(ref _targets, Targets(options.Elasticsearch));
            tell($"reload: elasticsearch is connected anew: {_targets}");
        };
    }

    /// <summary>A sink that gives up with <see cref="StalledOutputException"/> when nothing was settled for so long.</summary>
    public IEventSink Patient(TimeSpan patience) => new PatientSink(_sink, patience, TimeProvider.System);

    /// <summary>Everything was written: waits until it is settled, as long as there is progress.</summary>
    /// <returns>false: something is left, see <see cref="State"/>.</returns>
    public bool Drain(TimeSpan patience, CancellationToken stop) => _sink.DrainAsync(patience, stop).AsTask().GetAwaiter().GetResult();

    /// <summary>What became of the events, after <see cref="Dispose"/> for good.</summary>
    public DeliveryReport Report() => new(State, _targets, _queuePath, _deadLetterPath, _index);

    /// <summary>The books by libbeat's names.</summary>
    public OutputStatistics Statistics()
    {
        DeliveryState state = State;
        return new OutputStatistics
        {
            Type = "elasticsearch",
            Total = state.Created + state.Found,
            Acked = state.Indexed + state.Duplicate + state.DeadLettered,
            Active = state.Pending,
            Batches = state.Requests.Values.Sum(),
            Dropped = state.Dropped.Total,
            Duplicates = state.Duplicate,
            DeadLettered = state.DeadLettered,
            Failed = state.Retried,
            TooMany = state.Throttled,
            WrittenBytes = state.RequestBytes,
            WriteErrors = state.Requests.GetValueOrDefault(0),
            QueuedEvents = state.Queue.PendingEvents,
            QueueCapacity = _queuePath is null ? _queueEvents : 0,
            QueueFilled = Filled(state.Queue),
        };
    }

    /// <summary>Why events may be late or lost, one phrase each; empty when all is well.</summary>
    public IEnumerable<string> Complaints()
    {
        DeliveryState state = State;
        if (state.Condition != DeliveryCondition.Delivering && state.SinceProgress >= s_failing)
        {
            yield return $"elasticsearch takes no events: {state.Problem}";
        }

        if (state.Queue.Problem is { } problem)
        {
            yield return $"the queue cannot be written: {problem}";
        }

        double filled = Filled(state.Queue);
        if (state.Queue.Full || filled >= NearlyFull)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the queue is {(state.Queue.Full ? 1 : filled):P0} full");
        }
    }

    /// <summary>What is left and where, in one line; null when nothing is.</summary>
    public string? Leftover()
    {
        DeliveryState state = State;
        long left = state.Pending + state.Dropped.Queue.Shutdown;
        if (left == 0)
        {
            return null;
        }

        string where = _queuePath is null
            ? "they were in memory only: replay the capture again, what has arrived is not indexed twice"
            : $"they wait in {_queuePath} for the next run";
        return string.Create(CultureInfo.InvariantCulture, $"{left:N0} events did not arrive at {_targets}; {where}{(state.Problem is { } problem ? $" ({problem})" : "")}");
    }

    public void Dispose()
    {
        _sink.ConditionChanged -= _tell;
        _metrics.Dispose();
        _sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _deadLetters.Dispose();
        _held.Dispose();
    }

    private double Filled(QueueState queue) => _queuePath is null
        ? (double)queue.PendingEvents / _queueEvents
        : (double)queue.PendingBytes / _queue.Disk.MaximumBytes;

    private static IEventQueue OpenQueue(ApplianceOptions options, bool live, string? path, TimeProvider time)
    {
        FullPolicy whenFull = live ? FullPolicy.DropNewest : FullPolicy.Wait;
        return path is null
            ? new MemoryQueue(options.Events.Layout, options.EffectiveMemoryQueue with { WhenFull = whenFull }, time)
            : DiskQueue.Open(options.Events.Layout, options.Queue.Disk with { Path = path, WhenFull = whenFull }, time);
    }

    /// <summary>A conflict of layouts is worth telling before the first frame. Whatever else is wrong may be mended while events wait.</summary>
    private static void LookFirst(IElasticsearchClient client, IndexSetup setup)
    {
        try
        {
            Look(client, setup);
        }
        catch (ElasticsearchException failure) when (failure.Failure != ElasticsearchFailure.Conflict)
        {
            // The sink tries again and tells why.
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
    }

    /// <summary>Why it cannot be written to; null when it can.</summary>
    private static string? Objection(IElasticsearchClient client, IndexSetup setup)
    {
        try
        {
            Look(client, setup);
            return null;
        }
        catch (ElasticsearchException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException)
        {
            return "no answer";
        }
    }

    private static void Look(IElasticsearchClient client, IndexSetup setup)
    {
        using var timeout = new CancellationTokenSource(s_firstLook);
        ServerInfo server = client.GetInfoAsync(timeout.Token).AsTask().GetAwaiter().GetResult();
        setup.PrepareAsync(client, server, timeout.Token).AsTask().GetAwaiter().GetResult();
    }

    private static string Targets(ElasticsearchOutputOptions output) => string.Join(", ", output.Client.Hosts.Select(SecretText.Shown));

    private static void Tell(DeliveryCondition condition, string? problem, Action<string> tell, Action<string> warn)
    {
        if (condition == DeliveryCondition.Delivering)
        {
            tell("elasticsearch takes events again");
        }
        else
        {
            warn($"elasticsearch takes no events: {problem}; trying again");
        }
    }
}
