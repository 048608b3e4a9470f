using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Elasticsearch.Indices;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Outputs;

/// <summary>
/// Sends dead letters again, each to the index that refused it. What is refused again goes to a new file, so nothing loops; a file goes when every letter of it is
/// settled. What has arrived is not indexed twice, so a run that was broken off may be repeated.
/// </summary>
internal sealed class DeadLetterSender : IDisposable
{
    /// <summary>Events handed to the queue at a time.</summary>
    private const int EventsPerBatch = 400;

    private readonly ApplianceOptions _options;
    private readonly TimeProvider _time;
    private readonly HeldDirectories _held;
    private readonly DeadLetterFile _refused;

    /// <param name="options">Of the output; its index does not count, each letter names its own.</param>
    /// <param name="directory">Of the replays; stays its owner's.</param>
    /// <param name="time">The clock.</param>
    public DeadLetterSender(ApplianceOptions options, DataDirectory directory, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _held = new HeldDirectories(directory);
        RefusedPath = _held.At(options.DeadLetters.Path).DeadLettersPath;
        _refused = new DeadLetterFile(options.DeadLetters with { Path = RefusedPath }, time);
    }

    /// <summary>Where those lie that are refused again.</summary>
    public string RefusedPath { get; }

    /// <summary>Sends the letters of a file, index by index, and deletes it when all are settled.</summary>
    /// <param name="file">Closed by whoever wrote it.</param>
    /// <param name="patience">Longest time without a single event being settled.</param>
    /// <param name="stop">Ends the sending; the file stays.</param>
    /// <exception cref="OutputException">The file cannot be read, or a running process writes to it.</exception>
    public DeadLetterOutcome Send(string file, TimeSpan patience, CancellationToken stop)
    {
        try
        {
            // Whoever writes a file has it open, and then nobody gets it for himself alone.
            using FileStream ours = new(file, FileMode.Open, FileAccess.Read, FileShare.None);
            Dictionary<string, List<DeadLetter>> letters = Read(ours, out long unreadable);
            var outcome = new DeadLetterOutcome { Unreadable = unreadable };
            foreach ((string index, List<DeadLetter> those) in letters)
            {
                outcome += Send(index, those, patience, stop);
            }

            if (outcome.IsComplete)
            {
                DeadLetterReader.Delete(file);
            }

            return outcome;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(file, failure);
        }
    }

    public void Dispose()
    {
        _refused.Dispose();
        _held.Dispose();
    }

    private static Dictionary<string, List<DeadLetter>> Read(FileStream file, out long unreadable)
    {
        var letters = new Dictionary<string, List<DeadLetter>>(StringComparer.Ordinal);
        unreadable = 0;
        foreach (DeadLetter? line in DeadLetterReader.Read(file))
        {
            if (line is not { } letter || Pattern(letter.Index) is null)
            {
                unreadable++;
                continue;
            }

            if (!letters.TryGetValue(letter.Index, out List<DeadLetter>? those))
            {
                letters.Add(letter.Index, those = []);
            }

            those.Add(letter);
        }

        return letters;
    }

    /// <summary>null: no index can be called that.</summary>
    private static IndexNamePattern? Pattern(string index)
    {
        try
        {
            return index.Contains("%{", StringComparison.Ordinal) ? null : IndexNamePattern.Parse(index, new Dictionary<string, string>());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private DeadLetterOutcome Send(string index, List<DeadLetter> letters, TimeSpan patience, CancellationToken stop)
    {
        var queue = new MemoryQueue(_options.Events.Layout, _options.EffectiveMemoryQueue with { WhenFull = FullPolicy.Wait }, _time);
        var client = new ElasticsearchClient(_options.Elasticsearch.EffectiveClient, _time);

        // The index was made when it refused them; what it says of them now is to be heard, not set up.
        var sink = new ElasticsearchSink(client, queue, _refused, Pattern(index)!, _options.Elasticsearch.EffectiveBulk, preparation: null, _time, new Random());
        var patient = new PatientSink(sink, patience, _time);
        string? problem = null;
        try
        {
            foreach (DeadLetter[] some in letters.Chunk(EventsPerBatch))
            {
                stop.ThrowIfCancellationRequested();
                patient.WriteAsync(Batch(some), stop).AsTask().GetAwaiter().GetResult();
            }

            bool isDrained = sink.DrainAsync(patience, stop).AsTask().GetAwaiter().GetResult();
            problem = isDrained ? null : sink.State.Problem;
        }
        catch (Exception end) when (end is StalledOutputException or OperationCanceledException)
        {
            problem = sink.State.Problem;
        }
        finally
        {
            patient.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        DeliveryState state = sink.State;
        long left = letters.Count - state.Indexed - state.Duplicate - state.DeadLettered;
        return new DeadLetterOutcome
        {
            Sent = letters.Count, Indexed = state.Indexed, Duplicate = state.Duplicate, Refused = state.DeadLettered, Left = left,
            Problem = left == 0 ? null : problem ?? (state.Dropped.DeadLettersFull > 0 ? $"{RefusedPath} is full" : "stopped"),
        };
    }

    private static EventBatch Batch(DeadLetter[] letters)
    {
        var batch = new EventBatch(letters.Sum(letter => letter.Document.Length + 1), letters.Length);
        foreach (DeadLetter letter in letters)
        {
            letter.Document.Span.CopyTo(batch.Reserve(letter.Document.Length + 1));
            batch.Commit(letter.Document.Length, letter.Id, letter.Timestamp);
        }

        return batch;
    }
}
