using System.IO.Enumeration;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Corpus.Tests.Golden;

/// <summary>What of the Events room's tables applies to the golden events.</summary>
internal static class DeliberateDifferencesForGoldens
{
    /// <summary>The defects that these captures show.</summary>
    private static readonly string[] Shown = ["B4", "B5", "B8", "B10", "B12"];

    public static IEnumerable<string> AddedPaths() => EventFields.All.Where(field => field is { Origin: FieldOrigin.Ours, Ecs: not null }).Select(field => field.Ecs!);

    public static bool Allows(string field, string theirs, string? ours) => Allows(row => row.Ecs, field, theirs, ours);

    public static IEnumerable<string> ClassicAdditions() =>
        EventFields.All.Where(field => field is { Origin: not FieldOrigin.Packetbeat, Classic: not null }).Select(field => field.Classic!);

    public static bool AllowsClassic(string field, string theirs, string? ours) => Allows(row => row.Classic, field, theirs, ours);

    private static bool Allows(Func<Difference, string?> path, string field, string theirs, string? ours) => Differences.All.Any(row =>
        path(row) is { } pattern && Shown.Contains(row.Number) && Matches(pattern, InAnyPlace(field)) && AllowsValue(row, theirs, ours ?? "(absent)"));

    /// <summary>In lists of equal length value by value.</summary>
    private static bool AllowsValue(Difference row, string theirs, string ours)
    {
        (string[] left, string[] right) = (theirs.Trim('[', ']').Split(", "), ours.Trim('[', ']').Split(", "));
        return left.Length == right.Length
            && left.Zip(right).All(pair => pair.First == pair.Second || (Matches(row.Theirs, Bare(pair.First)) && Matches(row.Ours, Bare(pair.Second))));
    }

    /// <summary><c>chain[1].name</c> as the table has it: <c>chain[].name</c>.</summary>
    private static string InAnyPlace(string field) => string.Concat(field.Split('[', ']').Select((part, index) => index % 2 == 0 ? part : "[]"));

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string Bare(string json) => json.Trim('"');
}
