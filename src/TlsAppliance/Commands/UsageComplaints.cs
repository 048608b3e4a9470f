using System.CommandLine;
using System.CommandLine.Parsing;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>What is wrong with a command line, in our words: the library's change with the language of the machine and know no nearest name.</summary>
internal static class UsageComplaints
{
    private const int MaximumShown = 60;

    /// <summary>Shorter names are within two slips of everything.</summary>
    private const int ShortestGuessed = 4;

    public static IEnumerable<string> Of(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string? stranger = result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null;
        if (command is not RootCommand && command.Subcommands.Count > 0 && command.Action is null)
        {
            return [$"{command.Name}: expected one of {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}{Found(stranger)}{NearestVerb(stranger, command)}"];
        }

        // What follows an option that nobody knows is its value, or the next mistake.
        return stranger is null ? result.Errors.Select(Describe).Distinct() : [OfStranger(stranger, command)];
    }

    /// <summary><c>; did you mean --interface?</c>, or nothing.</summary>
    public static string Nearest(string option, Command? command) => Nearest(
        option, (command?.Options ?? []).Concat(command?.Parents.OfType<RootCommand>().SelectMany(root => root.Options) ?? []).Where(known => !known.Hidden)
            .SelectMany(known => known.Aliases.Append(known.Name)));

    private static string OfStranger(string word, Command command) => word switch
    {
        ['-', ..] => $"unknown option {Shown(word)}{Nearest(word, command)}",
        _ when command is RootCommand => $"unknown command {Shown(word)}{NearestVerb(word, command)}",
        _ => $"{command.Name} takes no argument{Found(word)}",
    };

    private static string NearestVerb(string? word, Command command) => word is null ? "" : Nearest(word, command.Subcommands.Select(verb => verb.Name));

    private static string Nearest(string word, IEnumerable<string> known) =>
        NearestName.Find(word, known.Where(name => name.Length >= ShortestGuessed)) is { } nearest ? $"; did you mean {nearest}?" : "";

    /// <summary>The library tells of values that are missing; everything else is told by our own checks.</summary>
    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name}: expected {option.Option.HelpName ?? "a value"}{Found(null)}",
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult command } argument => $"{command.Command.Name}: expected {argument.Argument.Name}{Found(null)}",
        _ => error.Message,
    };

    private static string Found(string? word) => word is null ? ", found nothing" : $", found \"{Shown(word)}\"";

    private static string Shown(string word) => Printable.Text(word, MaximumShown);
}
