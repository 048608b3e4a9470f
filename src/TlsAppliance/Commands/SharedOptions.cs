using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary>Options that several verbs have, so that they mean the same everywhere.</summary>
internal static class SharedOptions
{
    private const int MaximumRows = 1_000_000;

    public static Option<string[]> ConfigurationFiles() => new("--config", "-c")
    {
        Description = "Configuration file (YAML; a packetbeat.yml will do). Several are merged, later ones win.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Settings() => new("-E")
    {
        Description = "Set one option; wins over files. tls.X is short for packetbeat.protocols.tls.X.",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string> Layout()
    {
        var layout = new Option<string>("--layout")
        {
            Description = "Layout of the tls object: classic (default) or ecs; the same as -E tls_appliance.layout=X.",
            HelpName = "classic|ecs",
        };
        layout.AcceptOnlyFromAmong("classic", "ecs");
        return layout;
    }

    public static Option<int> Rows()
    {
        var rows = new Option<int>("--rows")
        {
            Description = "Sessions shown in the table; how many more there are is said below it.",
            HelpName = "N",
            DefaultValueFactory = _ => ReplayArguments.DefaultRows,
        };
        rows.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 0 or > MaximumRows))
            {
                result.AddError($"--rows: expected a whole number from 0 to {MaximumRows}, found \"{result.Tokens[0].Value}\"");
            }
        });
        return rows;
    }

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress and no summary; warnings and errors are still told." };
}
