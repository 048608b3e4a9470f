using System.CommandLine;
using System.CommandLine.Parsing;

namespace TlsAppliance.Commands;

/// <summary>Options that several verbs have, so that they mean the same everywhere.</summary>
internal static class SharedOptions
{
    /// <summary>What the help calls an interface.</summary>
    public const string DeviceName = "IF";

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

    public static Option<string[]> Devices() => new("--interface", "-i")
    {
        Description = "Interface, by name; may be repeated. Without it: as configured, else every interface that is up but loopback.",
        HelpName = DeviceName,
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
        AcceptOnly(layout, "classic", "ecs");
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

    /// <summary>Like the library's own check, with a message on one line.</summary>
    public static void AcceptOnly(Option<string> option, params string[] names)
    {
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !names.Contains(result.Tokens[0].Value, StringComparer.Ordinal))
            {
                result.AddError($"{option.Name}: expected one of {string.Join(", ", names)}, found \"{result.Tokens[0].Value}\"");
            }
        });
    }

    /// <summary>A misspelt option must not pass for a file that is missing.</summary>
    public static void RefuseOptions(Argument<string[]> inputs) => inputs.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.Length > 1 && token.Value[0] == '-' && !File.Exists(token.Value)))
        {
            Command? command = (result.Parent as CommandResult)?.Command;
            string nearest = UsageComplaints.Nearest(token.Value, command);
            result.AddError($"unknown option {token.Value}{nearest}{(nearest.Length > 0 ? " A" : "; a")} file of that name is written ./{token.Value}");
        }
    });

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress and no summary; warnings and errors are still told." };
}
