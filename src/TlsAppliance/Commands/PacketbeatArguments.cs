namespace TlsAppliance.Commands;

/// <summary>
/// Command lines that were written for Packetbeat: a missing verb means <c>run</c>, and <c>-I FILE</c> makes it <c>replay FILE</c>. Everything else has
/// the same letters here.
/// </summary>
internal static class PacketbeatArguments
{
    private const string FileFlag = "-I";
    private const string Run = "run";

    /// <param name="arguments">As the shell gave them.</param>
    /// <param name="verbs">Names of the commands that there are.</param>
    public static string[] Translate(string[] arguments, IReadOnlyCollection<string> verbs)
    {
        if (arguments.Length == 0 || arguments is ["-h" or "--help" or "-?" or "/?" or "--version", ..] || arguments[0].StartsWith('['))
        {
            return arguments;
        }

        bool hasVerb = arguments[0].Length == 0 || arguments[0][0] != '-';
        if (hasVerb && arguments[0] != Run)
        {
            return arguments;
        }

        string[] options = hasVerb ? arguments[1..] : arguments;
        if (options.Contains(FileFlag, StringComparer.Ordinal))
        {
            return [ReplayCommand.Name, .. WithoutFlag(options)];
        }

        return hasVerb || !verbs.Contains(Run) ? arguments : [Run, .. options];
    }

    /// <summary>The file stays where it is, as an argument.</summary>
    private static IEnumerable<string> WithoutFlag(string[] options) =>
        options.Where((option, index) => option != FileFlag || index == options.Length - 1);
}
