using System.CommandLine;
using System.CommandLine.Parsing;
using TlsAppliance.Reference;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>completion</c>: what makes a shell complete this command line.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<CommandOutline, string>> s_shells = new(StringComparer.Ordinal)
    {
        ["bash"] = BashCompletion.Write,
        ["zsh"] = ZshCompletion.Write,
        ["fish"] = FishCompletion.Write,
    };

    public static Command Create()
    {
        var shell = new Argument<string>(string.Join('|', s_shells.Keys)) { Description = "Which shell." };
        shell.CompletionSources.Add([.. s_shells.Keys]);
        shell.Validators.Add(Check);
        var command = new Verb(
            "completion",
            "Print the completion of this command line for a shell.",
            "source <(tls-appliance completion bash)      for this shell",
            "tls-appliance completion bash | sudo tee /etc/bash_completion.d/tls-appliance",
            "tls-appliance completion fish > ~/.config/fish/completions/tls-appliance.fish")
        {
            shell,
        };
        command.SetAction(result => OutputFailures.Guard(() => Write(s_shells[result.GetValue(shell)!])));
        return command;
    }

    private static int Write(Func<CommandOutline, string> script)
    {
        StandardOutput.Write(script(CommandOutline.Of(CommandLine.Build())));
        return ExitCode.Done;
    }

    private static void Check(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && !s_shells.ContainsKey(result.Tokens[0].Value))
        {
            result.AddError($"completion: expected one of {string.Join(", ", s_shells.Keys)}, found \"{result.Tokens[0].Value}\"");
        }
    }
}
