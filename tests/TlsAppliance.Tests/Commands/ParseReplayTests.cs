using System.CommandLine;
using TlsAppliance.Commands;

namespace TlsAppliance.Tests.Commands;

/// <summary>Which lines are parsed without the other verbs, and that they mean the same.</summary>
public sealed class ParseReplayTests
{
    [Theory]
    [InlineData("replay", "a.pcap")]
    [InlineData("replay", "a.pcap", "-o", "none", "--quiet", "--loop", "3", "--shards", "1")]
    [InlineData("replay", "-E", "tls.fingerprints=[sha256]", "--", "a.pcap")]
    [InlineData("replay", "replay", "captures/replay")]
    public void A_line_without_a_slip_means_what_it_means_to_the_whole_program(params string[] arguments)
    {
        ParseResult whole = CommandLine.Build().Parse(arguments);
        ParseResult? alone = CommandLine.ParseReplay(arguments);
        Assert.NotNull(alone);
        Assert.Equal(ReplayCommand.Name, alone.CommandResult.Command.Name);
        Assert.Equal(Values(whole), Values(alone));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "--help")]
    [InlineData("replay", "a.pcap", "/h")]
    [InlineData("replay", "a.pcap", "--qiet")]
    [InlineData("replay", "a.pcap", "--rows", "many")]
    [InlineData("replay", "-o", "none", "--per-file", "d", "a.pcap")]
    [InlineData("inspect", "a.pcap")]
    [InlineData("-I", "a.pcap")]
    public void Anything_else_is_for_the_whole_program(params string[] arguments) => Assert.Null(CommandLine.ParseReplay(arguments));

    private static string[] Values(ParseResult result) =>
    [
        .. result.CommandResult.Command.Options.Select(option => $"{option.Name}: {string.Join(' ', result.GetResult(option)?.Tokens.Select(token => token.Value) ?? [])}"),
        .. result.CommandResult.Command.Arguments.Select(argument => string.Join(' ', result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? [])),
    ];
}
