using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Tests.Fields;

public class DifferencesTests
{
    [Fact]
    public void Every_defect_of_Packetbeat_has_a_row() => Assert.Empty(
        Enumerable.Range(1, 17).Select(number => $"B{number}").Except(Differences.All.Select(row => row.Number)));

    [Fact]
    public void An_allowance_names_a_field_and_two_patterns() => Assert.All(Differences.All.Where(row => row.NeedsAllowance), row =>
    {
        Assert.NotNull(row.Ecs);
        Assert.Equal(2, row.Allowance.Count(c => c == '='));
        Assert.NotEqual("*", row.Theirs);
    });

    [Fact]
    public void Every_field_named_is_a_row_of_the_field_table_or_covers_some()
    {
        foreach (Difference row in Differences.All.Where(row => row.Ecs is not null && row.Number != "D2"))
        {
            string pattern = row.Ecs!.Replace("??", "", StringComparison.Ordinal);
            Assert.Contains(EventFields.All, field => field.Ecs is { } path && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false));
        }
    }
}
