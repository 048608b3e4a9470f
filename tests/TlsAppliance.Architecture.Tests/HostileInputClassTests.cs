using System.Text.RegularExpressions;
using TlsAppliance.Testing;

namespace TlsAppliance.Architecture.Tests;

/// <summary>
/// Malformed input comes in numbered classes: N01–N19 link, IP and TCP; R20–R30 records; H31–H50 handshake messages; C51–C63 certificates; F64–F74
/// capture files. Each has at least one test that carries its number at the start of its name.
/// </summary>
public partial class HostileInputClassTests
{
    [Fact]
    public void No_class_of_malformed_input_is_without_a_test()
    {
        string[] wanted =
        [
            .. Numbers('N', 1, 19), .. Numbers('R', 20, 30), .. Numbers('H', 31, 50), .. Numbers('C', 51, 63), .. Numbers('F', 64, 74),
        ];
        IEnumerable<string> found = Directory
            .EnumerateFiles(RepositoryRoot.Combine("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        Assert.Empty(wanted.Except(found));
    }

    private static IEnumerable<string> Numbers(char group, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => FormattableString.Invariant($"{group}{number:00}"));

    [GeneratedRegex(@"public (?:void|async Task|Task) ([NRHCF]\d\d)_", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();
}
