namespace TlsAppliance.Corpus.Tests.Conformance;

/// <summary>The difference table of the Events room in the form that the comparison tool takes.</summary>
internal static class DeliberateDifferences
{
    public static IEnumerable<string> Allowances() => [];
}
