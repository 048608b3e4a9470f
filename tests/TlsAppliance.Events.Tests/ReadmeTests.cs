using TlsAppliance.Events.Fields;
using TlsAppliance.Testing;

namespace TlsAppliance.Events.Tests;

/// <summary>The two tables of the room's README are the field table and the difference table of the code, row by row.</summary>
public class ReadmeTests
{
    [Fact]
    public void Lists_every_field_that_we_add() => Assert.Equal(AddedFields(), Table("## Fields that we add"));

    [Fact]
    public void Lists_every_deliberate_difference() => Assert.Equal(DeliberateDifferences(), Table("## Deliberate differences from Packetbeat"));

    private static string[] AddedFields() =>
    [
        "| field | layouts | type | there when | meaning |",
        "| --- | --- | --- | --- | --- |",
        .. EventFields.All.Where(field => field.Origin != FieldOrigin.Packetbeat).Select(Row),
    ];

    private static string[] DeliberateDifferences() =>
    [
        "| no. | field (ecs) | field (classic) | Packetbeat | ours | why |",
        "| --- | --- | --- | --- | --- | --- |",
        .. Differences.All.Select(row => $"| {row.Number} | {Code(row.Ecs)} | {Code(row.Classic)} | {Cell(row.Theirs, row)} | {Cell(row.Ours, row)} | {row.Reason} |"),
    ];

    private static string Row(EventField field)
    {
        string type = $"{field.Type}".ToLowerInvariant();
        if (field.Origin == FieldOrigin.AddedToClassic)
        {
            return $"| {Code(field.Classic)} | classic | {type} | {field.Presence} | {field.Meaning} |";
        }

        (string path, string layouts) = (field.Ecs, field.Classic) switch
        {
            (null, { } classic) => (Code(classic), "classic"),
            ({ } ecs, null) => (Code(ecs), "ecs"),
            ({ } ecs, { } classic) when ecs == classic => (Code(ecs), "both"),
            _ => ($"{Code(field.Ecs)}, {Code(field.Classic)}", "ecs, classic"),
        };
        return $"| {path} | {layouts} | {type} | {field.Presence} | {field.Meaning} |";
    }

    private static string Code(string? text) => text is null ? "" : $"`{text}`";

    private static string Cell(string value, Difference row) => row.Ecs is null || value.Contains(' ', StringComparison.Ordinal) ? value : Code(value);

    private static string[] Table(string heading) =>
        [.. File.ReadLines(RepositoryRoot.Combine("src", "TlsAppliance.Events", "README.md"))
            .SkipWhile(line => line != heading).Skip(1).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))];
}
