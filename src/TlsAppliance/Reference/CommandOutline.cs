using System.CommandLine;
using System.CommandLine.Completions;
using TlsAppliance.Commands;

namespace TlsAppliance.Reference;

/// <summary>A command as its users see it: read off the tree that parses the command line, so that nothing derived from it can be out of date.</summary>
/// <param name="Path">Words after the program's name; none for the program itself.</param>
/// <param name="Description">Its sentence in the help.</param>
/// <param name="Options">Without those that are hidden.</param>
/// <param name="Arguments">What stands after the options.</param>
/// <param name="Commands">Commands below it.</param>
/// <param name="Examples">Lines that can be tried as they stand.</param>
internal sealed record CommandOutline(
    IReadOnlyList<string> Path,
    string Description,
    IReadOnlyList<OptionOutline> Options,
    IReadOnlyList<ValueOutline> Arguments,
    IReadOnlyList<CommandOutline> Commands,
    IReadOnlyList<string> Examples)
{
    /// <summary>The program's name, as a user types it.</summary>
    public const string Program = "tls-appliance";

    private static readonly OptionOutline s_help = new(["-h", "--help"], "Show help and examples.", ValueOutline.None);

    public string Name => Path.Count == 0 ? Program : Path[^1];

    /// <summary>This command and all below it, each before its own.</summary>
    public IEnumerable<CommandOutline> All => Commands.SelectMany(command => command.All).Prepend(this);

    public static CommandOutline Of(RootCommand root) => Of(root, [], root.Description ?? "");

    private static CommandOutline Of(Command command, IReadOnlyList<string> path, string description) => new(
        path,
        description,
        [.. command.Options.Where(option => !option.Hidden && option is not System.CommandLine.Help.HelpOption and not VersionOption).Select(OfOption), s_help],
        [.. command.Arguments.Where(argument => !argument.Hidden).Select(OfArgument)],
        [.. command.Subcommands.Where(below => !below.Hidden).Select(below => Of(below, [.. path, below.Name], below.Description ?? ""))],
        command is Verb verb ? verb.Examples : []);

    private static ValueOutline OfArgument(Argument argument) =>
        ValueOutline.Of(argument.HelpName ?? argument.Name, Choices(argument.CompletionSources)) with { IsRepeated = argument.Arity.MaximumNumberOfValues > 1 };

    private static OptionOutline OfOption(Option option) => new(
        [.. option.Aliases.Append(option.Name).Distinct().OrderBy(name => name.Length)],
        option.Description ?? "",
        option.ValueType == typeof(bool) ? ValueOutline.None : ValueOutline.Of(option.HelpName ?? "VALUE", Choices(option.CompletionSources)));

    private static string[] Choices(IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) =>
        [.. sources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label).Distinct()];
}
