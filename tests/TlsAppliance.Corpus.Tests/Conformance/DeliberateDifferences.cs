using TlsAppliance.Events.Fields;

namespace TlsAppliance.Corpus.Tests.Conformance;

/// <summary>The difference table of the Events room in the form that the comparison tool takes.</summary>
internal static class DeliberateDifferences
{
    public static IEnumerable<string> Allowances() =>
        Differences.All.Where(row => row.NeedsAllowance).SelectMany(row => new[] { "--allow", row.Allowance });
}
