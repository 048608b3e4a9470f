using System.Globalization;
using System.Text.Json;
using TlsAppliance.Sinks.Elasticsearch;

namespace TlsAppliance.Outputs;

/// <summary>What became of the events of a run, for the summary.</summary>
/// <param name="State">The sink's books at the end.</param>
/// <param name="Targets">Where it wrote to.</param>
/// <param name="QueuePath">Directory in which undelivered events wait; null for a queue in memory.</param>
/// <param name="DeadLetterPath">Where refused events lie.</param>
/// <param name="Index">Index or data stream, dates as <c>*</c>.</param>
internal sealed record DeliveryReport(DeliveryState State, string Targets, string? QueuePath, string DeadLetterPath, string Index)
{
    /// <summary>Events were refused or did not arrive.</summary>
    public bool HasLoss => State.DeadLettered + State.Dropped.Total > 0;

    /// <summary>Label and text of each line.</summary>
    public IEnumerable<(string Label, string Text)> Lines()
    {
        yield return ("elasticsearch", string.Create(
            CultureInfo.InvariantCulture,
            $"{State.Indexed:N0} indexed, {State.Duplicate:N0} there already, {State.Retried:N0} sent again, into {Index} at {Targets}"));
        if (State.Found > 0)
        {
            yield return ("found in queue", string.Create(CultureInfo.InvariantCulture, $"{State.Found:N0} of an earlier run"));
        }

        yield return ("dead letters", State.DeadLettered == 0
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{State.DeadLettered:N0} that the server refuses, in {DeadLetterPath}"));
        KeyValuePair<string, long>[] drops = [.. State.Dropped.ByReason().Where(drop => drop.Value > 0)];
        yield return ("events dropped", drops.Length == 0
            ? "none"
            : string.Join(", ", drops.Select(drop => string.Create(CultureInfo.InvariantCulture, $"{drop.Key} {drop.Value:N0}"))));
        if (State.Pending > 0)
        {
            yield return ("left in queue", string.Create(CultureInfo.InvariantCulture, $"{State.Pending:N0} in {QueuePath}"));
        }
    }

    /// <summary>The member <c>elasticsearch</c> of the summary.</summary>
    public void WriteMember(Utf8JsonWriter json)
    {
        json.WriteStartObject("elasticsearch");
        json.WriteString("hosts", Targets);
        json.WriteString("index", Index);
        json.WriteNumber("indexed", State.Indexed);
        json.WriteNumber("duplicate", State.Duplicate);
        json.WriteNumber("retried", State.Retried);
        json.WriteNumber("dead_lettered", State.DeadLettered);
        json.WriteNumber("found", State.Found);
        json.WriteNumber("pending", State.Pending);
        json.WriteStartObject("dropped");
        foreach ((string reason, long count) in State.Dropped.ByReason())
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteNumber("request_bytes", State.RequestBytes);
        json.WriteString("problem", State.Problem);
        json.WriteString("queue", QueuePath);
        json.WriteString("dead_letters", DeadLetterPath);
        json.WriteEndObject();
    }
}
