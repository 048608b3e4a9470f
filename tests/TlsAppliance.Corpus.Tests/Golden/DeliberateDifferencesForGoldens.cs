using System.IO.Enumeration;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Corpus.Tests.Golden;

/// <summary>What of the Events room's tables applies to the golden events.</summary>
internal static class DeliberateDifferencesForGoldens
{
    /// <summary>The defects that these captures show.</summary>
    private static readonly string[] Shown = ["B4", "B5", "B8", "B10", "B12"];

    public static IEnumerable<string> AddedPaths() => EventFields.All.Where(field => field is { Origin: FieldOrigin.Ours, Ecs: not null }).Select(field => field.Ecs!);

    public static bool Allows(string field, string theirs, string? ours) => Differences.All.Any(row =>
        row.Ecs is not null && Shown.Contains(row.Number) && Matches(row.Ecs, field) && Matches(row.Theirs, Bare(theirs)) && Matches(row.Ours, Bare(ours ?? "(absent)")));

    public static IEnumerable<string> ClassicAdditions() =>
        EventFields.All.Where(field => field is { Origin: not FieldOrigin.Packetbeat, Classic: not null }).Select(field => field.Classic!);

    public static bool AllowsClassic(string field, string theirs, string? ours) => Differences.All.Any(row =>
        row.Classic is not null && Shown.Contains(row.Number) && Matches(row.Classic, field) && Matches(row.Theirs, Bare(theirs)) && Matches(row.Ours, Bare(ours ?? "(absent)")));

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string Bare(string json) => json.Trim('"');
}
