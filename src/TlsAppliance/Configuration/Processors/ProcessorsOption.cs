namespace TlsAppliance.Configuration.Processors;

/// <summary>The list <c>processors</c>: several things may be wrong with it, and what Beats has besides is only worth a warning.</summary>
internal sealed class ProcessorsOption : OptionDefinition
{
    public required Func<ApplianceOptions, ProcessorSteps> Get { get; init; }

    public required Action<ApplianceOptions, ProcessorSteps> Set { get; init; }

    public override string TypeName => "list of processors";

    public override string Expected =>
        $"a list of processors ({string.Join(", ", ProcessorReader.Names)}), each with a \"when\" if it must not act on every event, or \"if\" with \"then\" and \"else\"";

    public override string? Unit => null;

    public override bool TakesNames => false;

    public override string DefaultText => ProcessorSteps.None.Text;

    public override string ValueText(ApplianceOptions options) => Get(options).Text;

    public override ConfigurationProblem? Apply(ConfigurationNode node, string name, ApplianceOptions options)
    {
        List<ConfigurationProblem> errors = [];
        Apply(node, name, options, errors, []);
        return errors.FirstOrDefault();
    }

    public override void Apply(
        ConfigurationNode node, string name, ApplianceOptions options, ICollection<ConfigurationProblem> errors, ICollection<ConfigurationProblem> warnings)
    {
        var own = new List<ConfigurationProblem>();
        ProcessorSteps steps = new ProcessorReader(own, warnings).Read(node, name);
        if (own.Count == 0)
        {
            Set(options, steps);
        }

        foreach (ConfigurationProblem problem in own)
        {
            errors.Add(problem);
        }
    }
}
