using System.Text;

namespace TlsAppliance.Configuration;

/// <summary>What is in force once all sources are read: every option's value and where it comes from, with secrets masked.</summary>
internal sealed class EffectiveConfiguration(ConfigurationLoader loader)
{
    private const string Default = "default";
    private const string Masked = $"\"{SecretText.Mask}\"";

    /// <param name="onlyChanged">Options with their default are left out.</param>
    public IEnumerable<EffectiveValue> Values(bool onlyChanged) =>
        from option in ApplianceRegistry.Create().All
        let source = loader.Places.GetValueOrDefault(option.Key)
        where source is not null || !onlyChanged
        select new EffectiveValue(option.Key, Text(option, isSet: source is not null), source?.ToString() ?? Default);

    /// <summary>One line an option: name, value, and its source as a comment. The text can be read again, but for the masks.</summary>
    public string ToYaml(bool onlyChanged)
    {
        var text = new StringBuilder();
        foreach (EffectiveValue value in Values(onlyChanged))
        {
            text.Append(value.Name).Append(": ").Append(value.Value).Append("  # ").Append(Printable.Text(value.Source)).Append('\n');
        }

        return text.ToString();
    }

    private string Text(OptionDefinition option, bool isSet)
    {
        bool isSecret = option.IsSecret || SecretText.IsSecretName(option.Key) || loader.Secrets.Contains(option.Key);
        return isSet && isSecret ? Masked : SecretText.Shown(option.ValueText(loader.Options));
    }
}
