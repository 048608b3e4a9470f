using TlsAppliance.Commands;

namespace TlsAppliance.Reference;

/// <summary>The value of an option or an argument.</summary>
/// <param name="Name">What the help calls it; empty without a value.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="Choices">The list of a <see cref="ValueKind.Choice"/>, else empty.</param>
internal sealed record ValueOutline(string Name, ValueKind Kind, IReadOnlyList<string> Choices)
{
    /// <summary>Of an argument: there may be several.</summary>
    public bool IsRepeated { get; init; }

    public static readonly ValueOutline None = new("", ValueKind.None, []);

    /// <summary>Words in the help's names that tell what a value is.</summary>
    private static readonly (string Word, ValueKind Kind)[] s_words =
    [
        (SharedOptions.DeviceName, ValueKind.Device),
        ("FILE", ValueKind.File), ("CAPTURE", ValueKind.File), ("NDJSON", ValueKind.File), ("DIR", ValueKind.Directory),
    ];

    public static ValueOutline Of(string name, IReadOnlyList<string> choices)
    {
        if (choices.Count > 0)
        {
            return new ValueOutline(name, ValueKind.Choice, choices);
        }

        return new ValueOutline(name, s_words.Where(known => name.Contains(known.Word, StringComparison.Ordinal)).Select(known => known.Kind).FirstOrDefault(ValueKind.Free), []);
    }
}
