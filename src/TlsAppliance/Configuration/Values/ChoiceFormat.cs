namespace TlsAppliance.Configuration.Values;

/// <summary>One of a few names, in any case; <paramref name="choices"/> lists each name to show first and its other spellings after it.</summary>
internal sealed class ChoiceFormat<T>(params (string Name, T Value)[] choices) : ScalarFormat<T>
    where T : struct
{
    public override string TypeName => "enum";

    /// <summary>Made when it is asked for: a start without mistakes does not need it.</summary>
    public override string Expected => "one of " + string.Join(", ", choices.DistinctBy(choice => choice.Value).Select(choice => choice.Name));

    /// <summary>Every name, for completion and help.</summary>
    public IEnumerable<string> Names => choices.Select(choice => choice.Name);

    public override bool TryParse(string text, out T value)
    {
        foreach ((string name, T meaning) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                value = meaning;
                return true;
            }
        }

        value = default;
        return false;
    }

    public override string Write(T value) => choices.First(choice => choice.Value.Equals(value)).Name;
}
