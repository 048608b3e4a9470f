using System.Buffers;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Queues;

namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <content>One request and what its answer means.</content>
internal sealed partial class BulkWorker
{
    /// <summary>
    /// A request that fails so often for reasons that one event can cause (an error within the server, an answer that cannot be read) is halved with each
    /// further failure, until that event is alone.
    /// </summary>
    private const int FailuresBeforeHalving = 4;

    /// <summary>A body limit that was learnt from a 413 does not go below this: what common proxies allow.</summary>
    private const int SmallestLearntLimit = 1024 * 1024;

    private const int TooManyRequests = 429;

    /// <summary>The server refuses every request of ours: halving would find no culprit.</summary>
    private bool _isFormRefused;

    private async Task SendAsync(BulkUnit unit, CancellationToken cancellationToken)
    {
        unit = Write(unit);
        _ledger.Retries(unit.Attempts > 1 ? unit.Count : 0);
        ElasticsearchAnswer answer;
        try
        {
            answer = await _client.BulkAsync(_writer.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (ElasticsearchException failure)
        {
            _ledger.Requested(0, _writer.Body.Length);
            Postpone(unit, DeliveryCondition.Retrying, failure.Message, mayBeOneEvent: failure.Failure == ElasticsearchFailure.Answer);
            return;
        }

        using (answer)
        {
            _ledger.Requested(answer.Status, _writer.Body.Length);
            await ApplyAsync(unit, answer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the body; events that do not fit go into a request of their own right after.</summary>
    private BulkUnit Write(BulkUnit unit)
    {
        _writer.Clear();
        int count = 0;
        while (count < unit.Count && _writer.TryAdd(unit.Source.Read.Layout, unit.Event(count), unit.Document(count), _limit))
        {
            count++;
        }

        if (count < unit.Count)
        {
            _schedule.Push(unit.Slice(count..));
            unit = unit.Slice(..count);
        }

        return unit with { Attempts = unit.Attempts + 1 };
    }

    private async Task ApplyAsync(BulkUnit unit, ElasticsearchAnswer answer, CancellationToken cancellationToken)
    {
        _ledger.Throttled(answer.Status == TooManyRequests ? unit.Count : 0);
        switch (BulkOutcomes.Of(answer.Status))
        {
            case BulkOutcome.Answered:
                await JudgeAsync(unit, answer).ConfigureAwait(false);
                break;
            case BulkOutcome.Refused:
                await FindCulpritAsync(unit, answer, cancellationToken).ConfigureAwait(false);
                break;
            case BulkOutcome.TooLarge:
                await MakeSmallerAsync(unit, answer).ConfigureAwait(false);
                break;
            case BulkOutcome.Blocked:
                Postpone(unit, DeliveryCondition.Blocked, BulkOutcomes.Explain(answer));
                break;
            default:
                Postpone(unit, DeliveryCondition.Retrying, BulkOutcomes.Explain(answer), mayBeOneEvent: answer.Status == 500, answer.RetryAfter);
                break;
        }
    }

    private async Task JudgeAsync(BulkUnit unit, ElasticsearchAnswer answer)
    {
        _isFormRefused = false;
        UInt128[] ids = ArrayPool<UInt128>.Shared.Rent(unit.Count);
        BulkItem[] items = ArrayPool<BulkItem>.Shared.Rent(unit.Count);
        for (int at = 0; at < unit.Count; at++)
        {
            ids[at] = unit.Event(at).Id;
        }

        if (BulkAnswer.Judge(answer.Body.Span, ids.AsSpan(0, unit.Count), items) is { } fault)
        {
            Postpone(unit, DeliveryCondition.Retrying, $"{answer.Host}: unusable answer: {fault}", mayBeOneEvent: true);
        }
        else
        {
            await SettleAsync(unit, items, answer.Host).ConfigureAwait(false);
        }

        ArrayPool<UInt128>.Shared.Return(ids);
        ArrayPool<BulkItem>.Shared.Return(items, clearArray: true);
    }

    private async Task SettleAsync(BulkUnit unit, BulkItem[] items, string host)
    {
        int taken = AcknowledgeTaken(unit, items);
        List<int> rejected = Places(unit, items, BulkVerdict.Rejected);
        List<int> late = Places(unit, items, BulkVerdict.Retry);
        List<int> blocked = Places(unit, items, BulkVerdict.Blocked);
        _ledger.Throttled(late.Concat(blocked).Count(place => items[place].Status == TooManyRequests));
        DateTimeOffset now = _time.GetUtcNow();
        if (taken + rejected.Count + blocked.Count == 0)
        {
            // Nobody got through: the server has too much to do, and our next batch would only add to it.
            _patience.Failed(now, asked: null);
        }
        else
        {
            _patience.Succeeded();
        }

        DateTimeOffset due = now + _delay.After(unit.Attempts);
        if (late.Count > 0)
        {
            PutBack(unit.Again(late, due, blocked: null));
        }

        if (blocked.Count > 0)
        {
            PutBack(unit.Again(blocked, due, Problem(host, items[blocked[0]])));
        }

        if (rejected.Count > 0)
        {
            await BuryAsync(unit, rejected, items, due).ConfigureAwait(false);
        }

        Report(taken + rejected.Count > 0 || late.Count == 0 ? null : Problem(host, items[late[0]]));
    }

    /// <summary>
    /// 400 for the whole: one action is unbearable, and halving finds it; or every request is, and then halving must not condemn all events one by one.
    /// </summary>
    private async Task FindCulpritAsync(BulkUnit unit, ElasticsearchAnswer answer, CancellationToken cancellationToken)
    {
        if (_isFormRefused)
        {
            Postpone(unit, DeliveryCondition.Blocked, BulkOutcomes.Explain(answer));
        }
        else if (unit.Count > 1)
        {
            Halve(unit);
        }
        else if (unit.IsSuspect)
        {
            ServerError error = answer.ReadError() ?? default;
            var item = new BulkItem(BulkVerdict.Rejected, answer.Status, error.Type ?? "", error.Reason ?? "");
            await BuryAsync(unit, [0], [item], _time.GetUtcNow() + _delay.After(unit.Attempts)).ConfigureAwait(false);
            Report(problem: null);
        }
        else
        {
            await ProbeAsync(unit, BulkOutcomes.Explain(answer), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks whether the server understands a request of ours that can do no harm.</summary>
    private async Task ProbeAsync(BulkUnit unit, string problem, CancellationToken cancellationToken)
    {
        _writer.WriteProbe(unit.Source.Read.Layout, unit.Event(0));
        try
        {
            using ElasticsearchAnswer answer = await _client.BulkAsync(_writer.Body, cancellationToken).ConfigureAwait(false);
            _ledger.Requested(answer.Status, _writer.Body.Length);
            if (answer.Status == 200)
            {
                _schedule.Push(unit with { IsSuspect = true });
                return;
            }

            _isFormRefused = answer.Status == 400;
        }
        catch (ElasticsearchException)
        {
            _ledger.Requested(0, _writer.Body.Length);
        }

        Postpone(unit, _isFormRefused ? DeliveryCondition.Blocked : DeliveryCondition.Retrying, problem);
    }

    private async Task MakeSmallerAsync(BulkUnit unit, ElasticsearchAnswer answer)
    {
        if (unit.Count > 1)
        {
            _limit = Math.Min(_limit, Math.Max(SmallestLearntLimit, _writer.Body.Length / 2));
            Halve(unit);
        }
        else if (!unit.IsSuspect)
        {
            // A proxy that was being set up says this, too; the event gets one more try.
            Postpone(unit with { IsSuspect = true }, DeliveryCondition.Retrying, BulkOutcomes.Explain(answer));
        }
        else
        {
            var item = new BulkItem(BulkVerdict.Rejected, answer.Status, "", $"one event in a request of {_writer.Body.Length} bytes, and the server takes less");
            await BuryAsync(unit, [0], [item], _time.GetUtcNow() + _delay.After(unit.Attempts)).ConfigureAwait(false);
            Report(problem: null);
        }
    }

    /// <summary>Dead letters first, then the acknowledgement; when the disk takes no letter the events are kept as if the target were at fault.</summary>
    private async Task BuryAsync(BulkUnit unit, List<int> places, BulkItem[] items, DateTimeOffset due)
    {
        var letters = new DeadLetter[places.Count];
        for (int at = 0; at < letters.Length; at++)
        {
            int place = places[at];
            QueuedEvent queued = unit.Event(place);
            letters[at] = new DeadLetter
            {
                Id = queued.Id,
                Timestamp = queued.Timestamp,
                Document = unit.Source.Read.DocumentMemory(unit.Positions[place]),
                Index = _writer.IndexOf(unit.Source.Read.Layout, queued),
                Status = items[place].Status,
                Type = items[place].Type,
                Reason = items[place].Reason,
                Attempts = unit.Attempts,
                Time = _time.GetUtcNow(),
            };
        }

        try
        {
            // Not to be cancelled: a letter that is on the disk must be counted, or it is written a second time by the next run.
            int written = await _deadLetters.WriteAsync(letters, CancellationToken.None).ConfigureAwait(false);
            Settle(unit, places, indexed: 0, duplicate: 0, written, letters.Length - written);
        }
        catch (OutputException failure)
        {
            PutBack(unit.Again(places, due, failure.Message));
        }
    }

    private int AcknowledgeTaken(BulkUnit unit, BulkItem[] items)
    {
        List<int> indexed = Places(unit, items, BulkVerdict.Indexed);
        int fresh = indexed.Count;
        indexed.AddRange(Places(unit, items, BulkVerdict.Duplicate));
        if (indexed.Count > 0)
        {
            Settle(unit, indexed, fresh, indexed.Count - fresh, deadLettered: 0, deadLettersFull: 0);
        }

        return indexed.Count;
    }

    private void Settle(BulkUnit unit, List<int> places, int indexed, int duplicate, int deadLettered, int deadLettersFull)
    {
        QueueRead read = unit.Source.Read;
        bool[] settled = ArrayPool<bool>.Shared.Rent(read.Count);
        Span<bool> marks = settled.AsSpan(0, read.Count);
        marks.Clear();
        foreach (int place in places)
        {
            marks[unit.Positions[place]] = true;
        }

        _ledger.Settle(read, marks, indexed, duplicate, deadLettered, deadLettersFull);
        ArrayPool<bool>.Shared.Return(settled);
        _held -= places.Count;
        Leave(unit.Source, places.Count);
    }

    private void Leave(SharedRead source, int events)
    {
        if (source.Settled(events))
        {
            _reads.Remove(source);
        }
    }

    private void PutBack(BulkUnit unit)
    {
        if (unit.HoldsMoreThanItsOwn)
        {
            SharedRead source = unit.Source;
            unit = unit.Alone();
            _reads.Add(unit.Source);
            Leave(source, unit.Count);
        }

        _schedule.PutBack(unit);
    }

    /// <summary>The request failed as a whole: its events wait for their next try, and so does the worker.</summary>
    private void Postpone(BulkUnit unit, DeliveryCondition condition, string problem, bool mayBeOneEvent = false, TimeSpan? asked = null)
    {
        DateTimeOffset now = _time.GetUtcNow();
        _patience.Failed(now, asked);
        BulkUnit late = unit with
        {
            Due = now + _delay.After(unit.Attempts),
            Blocked = condition == DeliveryCondition.Blocked ? problem : null,
        };
        if (mayBeOneEvent && unit.Count > 1 && unit.Attempts >= FailuresBeforeHalving)
        {
            PutBack(late.Slice(..(late.Count / 2)));
            PutBack(late.Slice((late.Count / 2)..));
        }
        else
        {
            PutBack(late);
        }

        Report(problem);
    }

    private void Halve(BulkUnit unit)
    {
        _schedule.Push(unit.Slice((unit.Count / 2)..));
        _schedule.Push(unit.Slice(..(unit.Count / 2)));
    }

    /// <summary>What the operator is told: who is blocked before who is late.</summary>
    private void Report(string? problem)
    {
        string? blocked = _schedule.Blocked;
        DeliveryCondition condition = blocked is not null ? DeliveryCondition.Blocked : problem is not null ? DeliveryCondition.Retrying : DeliveryCondition.Delivering;
        _ledger.Report(_number, condition, blocked ?? problem);
    }

    private static string Problem(string host, BulkItem item) => $"{host}: status {item.Status} {item.Type}: {BulkOutcomes.Short(item.Reason)}";

    private static List<int> Places(BulkUnit unit, BulkItem[] items, BulkVerdict verdict)
    {
        var places = new List<int>();
        for (int place = 0; place < unit.Count; place++)
        {
            if (items[place].Verdict == verdict)
            {
                places.Add(place);
            }
        }

        return places;
    }
}
