namespace TlsAppliance.Sinks.Elasticsearch.Bulk;

/// <summary>How long one worker holds back after requests that failed as a whole.</summary>
internal sealed class BulkPatience(RetryDelay delay, TimeSpan longest)
{
    private int _failures;

    /// <summary>Nothing is sent before this moment.</summary>
    public DateTimeOffset Until { get; private set; }

    public void Succeeded() => (_failures, Until) = (0, default);

    /// <param name="now">The present.</param>
    /// <param name="asked">What the server asked for, taken up to the longest wait of our own.</param>
    public void Failed(DateTimeOffset now, TimeSpan? asked)
    {
        TimeSpan own = delay.After(++_failures);
        TimeSpan wait = asked is { } time && time > own ? (time < longest ? time : longest) : own;
        Until = now + wait;
    }
}
