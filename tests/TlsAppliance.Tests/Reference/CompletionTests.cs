using TlsAppliance.Commands;
using TlsAppliance.Reference;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Reference;

/// <summary>The completions, asked of the shells themselves.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly CommandOutline s_outline = CommandOutline.Of(CommandLine.Build());

    private readonly TemporaryFolder _folder = new();

    public CompletionTests()
    {
        File.WriteAllText(_folder.Combine("capture.pcap"), "");
        Directory.CreateDirectory(_folder.Combine("captures"));
        File.WriteAllText(_folder.Combine("bash"), BashCompletion.Write(s_outline));
        File.WriteAllText(_folder.Combine("tls-appliance.fish"), FishCompletion.Write(s_outline));
        File.WriteAllText(_folder.Combine("_tls-appliance"), ZshCompletion.Write(s_outline));
    }

    /// <summary>The words as typed, the last one to be completed; then some that must be offered, and some that must not.</summary>
    public static TheoryData<string[], string[], string[]> Lines => new()
    {
        { [""], ["replay", "inspect", "doctor", "completion"], ["--help", "capture.pcap", "config"] },
        { ["re"], ["replay"], ["inspect"] },
        { ["test", ""], ["config"], ["replay", "man"] },
        { ["export", "ma"], ["man"], ["config"] },
        { ["replay", "--out"], ["--output", "--output-dir"], ["--help", "capture.pcap"] },
        { ["replay", "-o", ""], ["file", "stdout", "none"], ["capture.pcap", "--help"] },
        { ["replay", "cap"], ["capture.pcap"], ["--config"] },
        { ["replay", "-c", "cap"], ["capture.pcap"], ["--config"] },
        { ["test", "config", "--de"], ["--deny-warnings"], ["--output"] },
        { ["doctor", "-i", ""], ["lo"], ["capture.pcap"] },
        { ["completion", ""], ["bash", "zsh", "fish"], ["capture.pcap"] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Bash_offers_what_fits(string[] words, string[] offered, string[] others) =>
        Check(Bash("source ./bash; COMP_WORDS=(tls-appliance \"$@\"); COMP_CWORD=$#; _tls_appliance; printf '%s\\n' \"${COMPREPLY[@]}\"", words), offered, others);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Fish_offers_what_fits(string[] words, string[] offered, string[] others)
    {
        Assert.SkipUnless(SystemTool.IsThere("fish", out string missing), missing);
        string line = string.Join(' ', words.Prepend("tls-appliance"));
        ToolProcess fish = ToolProcess.Run("fish", ["--no-config", "-c", "source tls-appliance.fish; complete -C $argv[1]", "--", line], folder: _folder.Path);
        Assert.True(fish.ExitCode == 0, fish.Everything);
        Check([.. fish.Output.Split('\n').Select(candidate => candidate.Split('\t')[0])], offered, others);
    }

    [Fact]
    public void Zsh_reads_its_script_and_has_a_function_for_every_command()
    {
        Assert.SkipUnless(SystemTool.IsThere("zsh", out string missing), missing);
        ToolProcess zsh = ToolProcess.Run(
            "zsh", ["-f", "-c", "autoload -Uz compinit && compinit -u -D && source ./_tls-appliance && print -l ${(k)functions} $_comps[tls-appliance]"], folder: _folder.Path);
        Assert.True(zsh.ExitCode == 0 && zsh.Errors.Length == 0, zsh.Everything);
        string[] functions = zsh.Output.Split('\n');
        Assert.Equal(2, functions.Count(function => function == "_tls-appliance"));
        Assert.All(s_outline.All, command => Assert.Contains("_" + string.Join('-', command.Path.Prepend("tls-appliance")), functions));
    }

    [Fact]
    public void No_word_of_a_help_text_reaches_a_shell_as_code()
    {
        CommandOutline hostile = s_outline with
        {
            Commands = [new CommandOutline(["x"], "it's `id` $(id) [a]: \\ b", [new OptionOutline(["--y"], "that's $(touch pwned) [b]", ValueOutline.None)], [], [], [])],
        };
        File.WriteAllText(_folder.Combine("hostile.fish"), FishCompletion.Write(hostile));
        File.WriteAllText(_folder.Combine("hostile.zsh"), ZshCompletion.Write(hostile));
        File.WriteAllText(_folder.Combine("hostile.bash"), BashCompletion.Write(hostile));
        Assert.Equal(["--y"], Bash("source ./hostile.bash; COMP_WORDS=(tls-appliance \"$@\"); COMP_CWORD=$#; _tls_appliance; printf '%s\\n' \"${COMPREPLY[@]}\"", "x", "--"));
        if (SystemTool.IsThere("fish", out _))
        {
            ToolProcess fish = ToolProcess.Run("fish", ["--no-config", "-c", "source hostile.fish; complete -C 'tls-appliance x --'"], folder: _folder.Path);
            Assert.Contains("--y\tthat's $(touch pwned) [b]", fish.Output, StringComparison.Ordinal);
        }

        if (SystemTool.IsThere("zsh", out _))
        {
            Assert.Equal(0, ToolProcess.Run("zsh", ["-f", "-n", "hostile.zsh"], folder: _folder.Path).ExitCode);
        }

        Assert.False(File.Exists(_folder.Combine("pwned")));
    }

    public void Dispose() => _folder.Dispose();

    private string[] Bash(string script, params string[] words)
    {
        ToolProcess bash = ToolProcess.Run("bash", ["--norc", "-c", script, "bash", .. words], folder: _folder.Path);
        Assert.True(bash.ExitCode == 0 && bash.Errors.Length == 0, bash.Everything);
        return bash.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Check(string[] completions, string[] offered, string[] others)
    {
        Assert.Empty(offered.Except(completions));
        Assert.Empty(others.Intersect(completions));
    }
}
