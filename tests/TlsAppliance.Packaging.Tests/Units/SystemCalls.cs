using System.Text.RegularExpressions;

namespace TlsAppliance.Packaging.Tests.Units;

/// <summary>What <c>strace -f -o</c> has written down.</summary>
internal static partial class SystemCalls
{
    /// <summary>Names of the calls made from the start of a program on; what went before is not the program's.</summary>
    public static string[] AfterStart(IEnumerable<string> lines, string program) =>
    [
        .. lines.SkipWhile(line => !line.Contains($"execve(\"{program}\"", StringComparison.Ordinal)).Skip(1)
            .Select(line => Call().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct(),
    ];

    public static string[] AddressFamilies(IEnumerable<string> lines) =>
        [.. lines.Select(line => Family().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary><c>1234 openat(AT_FDCWD…</c>; resumed calls were seen when they began.</summary>
    [GeneratedRegex(@"^\d+ +([a-z_0-9]+)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bsocket(?:pair)?\((AF_[A-Z0-9]+)")]
    private static partial Regex Family();
}
