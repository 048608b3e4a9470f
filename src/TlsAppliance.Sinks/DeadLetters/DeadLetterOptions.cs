namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>Where dead letters lie and how many there may be.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>A directory of their own, made when missing.</summary>
    public required string Path { get; init; }

    /// <summary>Most bytes of all files (<c>tls_appliance.dead_letters.max_size</c>).</summary>
    /// <value>1 GiB, as Logstash's.</value>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>A file is closed at this size, so that old ones can go one by one. At most a quarter of the whole.</summary>
    public long FileBytes { get; init; } = 16L << 20;

    /// <summary>Files whose last letter is older are deleted (<c>tls_appliance.dead_letters.max_age</c>); zero: never.</summary>
    /// <value>Never: what nobody has looked at does not go by itself.</value>
    public TimeSpan MaximumAge { get; init; }

    /// <summary>What happens at the bound (<c>tls_appliance.dead_letters.storage_policy</c>).</summary>
    /// <value>The first letters stay: they tell how it began.</value>
    public DeadLetterPolicy WhenFull { get; init; } = DeadLetterPolicy.DropNewer;
}
