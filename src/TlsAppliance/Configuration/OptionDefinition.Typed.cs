using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <inheritdoc/>
internal sealed class OptionDefinition<T> : OptionDefinition
{
    public required ValueFormat<T> Format { get; init; }

    public required Func<ApplianceOptions, T> Get { get; init; }

    public required Action<ApplianceOptions, T> Set { get; init; }

    public override string TypeName => Format.TypeName;

    public override string Expected => Format.Expected;

    public override string? Unit => Format.Unit;

    public override bool TakesNames => Format is FieldsFormat;

    public override string DefaultText => ValueText(new ApplianceOptions());

    public override string ValueText(ApplianceOptions options) => Format.Write(Get(options));

    public override ConfigurationProblem? Apply(ConfigurationNode node, string name, ApplianceOptions options)
    {
        if (!Format.TryRead(node, out T value, out ConfigurationNode wrong))
        {
            return new ConfigurationProblem(wrong.Place, name, $"expected {Expected}, found {(IsSecret && wrong is ConfigurationNode.Text ? "another text" : wrong.Kind)}");
        }

        Set(options, value);
        return null;
    }
}
