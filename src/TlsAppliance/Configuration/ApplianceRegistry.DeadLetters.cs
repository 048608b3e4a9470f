using TlsAppliance.Configuration.Values;
using TlsAppliance.Sinks.DeadLetters;

namespace TlsAppliance.Configuration;

/// <summary>Events that Elasticsearch refuses for what they are.</summary>
internal static partial class ApplianceRegistry
{
    private const string DeadLetterSection = "tls_appliance.dead_letters.";

    private static readonly ChoiceFormat<DeadLetterPolicy> s_deadLetterPolicies = new(("drop_newer", DeadLetterPolicy.DropNewer), ("drop_older", DeadLetterPolicy.DropOlder));

    private static IEnumerable<OptionDefinition> DeadLetters() =>
    [
        DeadLetter("path", "Below it events lie that Elasticsearch refuses for what they are, with the reason; replay --dead-letters sends them again. Empty: below path.data.", new TextFormat(4096),
            letters => letters.Path, (letters, value) => letters with { Path = value }),
        DeadLetter("max_size", "Most bytes of them.", new BytesFormat(MiB, 64 * GiB),
            letters => letters.MaximumBytes, (letters, value) => letters with { MaximumBytes = value }),
        DeadLetter("file_size", "A file of them is closed at this size; at most a quarter of max_size.", new BytesFormat(64 * KiB, GiB),
            letters => letters.FileBytes, (letters, value) => letters with { FileBytes = value }),
        DeadLetter("max_age", "Files whose last letter is older are deleted; 0: never.", new DurationFormat(TimeSpan.Zero, TimeSpan.FromDays(3660)),
            letters => letters.MaximumAge, (letters, value) => letters with { MaximumAge = value }),
        DeadLetter("storage_policy", "At max_size: drop_newer keeps the first, which tell how it began; drop_older deletes the oldest file. What is dropped is counted.", s_deadLetterPolicies,
            letters => letters.WhenFull, (letters, value) => letters with { WhenFull = value }),
    ];

    private static OptionDefinition<T> DeadLetter<T>(
        string name, string help, ValueFormat<T> format, Func<DeadLetterOptions, T> get, Func<DeadLetterOptions, T, DeadLetterOptions> set) => new()
    {
        Key = DeadLetterSection + name,
        Help = help,
        Format = format,
        Get = options => get(options.DeadLetters),
        Set = (options, value) => options.DeadLetters = set(options.DeadLetters, value),
    };
}
