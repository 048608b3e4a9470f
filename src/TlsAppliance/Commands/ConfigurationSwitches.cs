using System.CommandLine;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>
/// The options by which a command gets its configuration, the same for every command that has one. Those that Packetbeat's own unit file passes are
/// taken too, so that the program can be exchanged there.
/// </summary>
internal sealed class ConfigurationSwitches
{
    private static readonly string[] s_paths = ["path.home", "path.config", "path.data", "path.logs"];

    private readonly Option<string[]> _files = SharedOptions.ConfigurationFiles();
    private readonly Option<string[]> _settings = SharedOptions.Settings();
    private readonly Option<bool> _toStandardError = new("-e") { Description = "Log to the standard error, as console text." };

    private readonly Option<string[]> _selectors = new("-d")
    {
        Description = "Log at level debug; as in Packetbeat the value names the parts, \"*\" all.",
        HelpName = "SELECTORS",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _verbose = new("-v") { Description = "Log at level info.", Hidden = true };
    private readonly Option<string>[] _pathOptions = [.. s_paths.Select(path => new Option<string>("--" + path) { HelpName = "DIR", Hidden = true })];
    private readonly Option<string> _environment = new("--environment") { Hidden = true };
    private readonly Option<string> _strictPermissions = new("--strict.perms") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_settings);
        command.Add(_toStandardError);
        command.Add(_selectors);
        command.Add(_verbose);
        command.Add(_environment);
        command.Add(_strictPermissions);
        foreach (Option<string> path in _pathOptions)
        {
            command.Add(path);
        }
    }

    public ConfigurationArguments Read(ParseResult result, bool quiet = false)
    {
        var arguments = new ConfigurationArguments
        {
            Files = [.. (result.GetValue(_files) ?? []).Select(file => Locate(file, result))],
            Settings = result.GetValue(_settings) ?? [],
            Quiet = quiet,
        };
        for (int index = 0; index < s_paths.Length; index++)
        {
            arguments = arguments.With(_pathOptions[index].Name, s_paths[index], result.GetValue(_pathOptions[index]));
        }

        bool debug = result.GetValue(_selectors) is { Length: > 0 };
        return arguments
            .With(_toStandardError.Name, ApplianceRegistry.LogToStandardErrorKey, result.GetValue(_toStandardError) ? "true" : null)
            .With(debug ? _selectors.Name : _verbose.Name, ApplianceRegistry.LogLevelKey, debug ? "debug" : result.GetValue(_verbose) ? "info" : null)
            .With(_selectors.Name, ApplianceRegistry.LogSelectorsKey, debug ? string.Join(',', result.GetValue(_selectors)!) : null);
    }

    /// <summary>As in Beats a name that is not there is looked for below <c>--path.config</c>.</summary>
    private string Locate(string file, ParseResult result)
    {
        string? directory = result.GetValue(_pathOptions[1]) ?? result.GetValue(_pathOptions[0]);
        return directory is null || Path.IsPathRooted(file) || File.Exists(file) ? file : Path.Combine(directory, file);
    }
}
