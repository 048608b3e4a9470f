using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using TlsAppliance.Commands;
using TlsAppliance.Events.Fields;
using TlsAppliance.Reference;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Reference;

/// <summary>The pages that are written from the program's own tables.</summary>
public partial class PageTests
{
    private static readonly CommandOutline s_outline = CommandOutline.Of(CommandLine.Build());

    /// <summary>Run with <c>UPDATE_REFERENCE=1</c> to write the file anew.</summary>
    [Fact]
    public void The_page_of_fields_is_up_to_date()
    {
        string path = RepositoryRoot.Combine("src", "TlsAppliance.Events", "FIELDS.md");
        string generated = FieldsPage.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_REFERENCE") == "1")
        {
            File.WriteAllText(path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(path));
    }

    [Fact]
    public void The_page_of_fields_has_a_row_for_every_field() =>
        Assert.Equal(EventFields.All.Count, FieldsPage.Write().Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("| - |", StringComparison.Ordinal)));

    [Fact]
    public void Every_exit_code_has_its_meaning()
    {
        int[] codes = [.. typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!)];
        Assert.Empty(codes.Except(ExitCodeMeanings.All.Select(known => known.Code)));
        Assert.Equal(ExitCodeMeanings.All.Select(known => known.Code).Order(), ExitCodeMeanings.All.Select(known => known.Code));
    }

    /// <summary>The README tells the codes of design and program, no other and none less.</summary>
    [Fact]
    public void The_readme_lists_the_exit_codes()
    {
        string[] rows = [.. File.ReadLines(RepositoryRoot.Combine("README.md")).SkipWhile(line => !line.StartsWith("| exit code", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.Equal(ExitCodeMeanings.All.Select(known => string.Create(CultureInfo.InvariantCulture, $"| {known.Code} | {known.Meaning} |")), rows.Select(row => row.Replace("`", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_manual_page_is_sound()
    {
        Assert.SkipUnless(SystemTool.IsThere("mandoc", out string missing), missing);
        using var folder = new TemporaryFolder();
        string page = folder.Combine("tls-appliance.1");
        File.WriteAllText(page, ManualPage.Write(s_outline, "1.2.3"));

        // A date would make every build another page.
        string[] complaints = [.. ToolProcess.Run("mandoc", ["-Tlint", page]).Output.Split('\n').Where(line => line.Length > 0 && !line.Contains("missing date", StringComparison.Ordinal))];

        Assert.Empty(complaints);
    }

    [Fact]
    public void The_manual_page_shows_every_command_and_option()
    {
        Assert.SkipUnless(SystemTool.IsThere("mandoc", out string missing), missing);
        using var folder = new TemporaryFolder();
        string page = folder.Combine("tls-appliance.1");
        File.WriteAllText(page, ManualPage.Write(s_outline, "1.2.3"));

        string text = Overstrike().Replace(ToolProcess.Run("mandoc", ["-Tutf8", "-O", "width=200", page]).Output, "");

        foreach (CommandOutline command in s_outline.All.Where(command => command.Commands.Count == 0))
        {
            Assert.Contains(string.Join(' ', command.Path.Prepend("tls-appliance")) + " [options]", text, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.Contains(string.Join(", ", option.Names), text, StringComparison.Ordinal));
            Assert.All(command.Examples, example => Assert.Contains(example.Split("  ")[0], text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(".TH is no request here", @"\&.TH is no request here")]
    [InlineData("'quoted", @"\&'quoted")]
    [InlineData(@"a\b -o", @"a\eb \-o")]
    public void Text_is_never_a_request(string text, string roff) => Assert.Equal(roff, ManualPage.Text(text));

    /// <summary>Bold and underlined characters as terminals of old had them.</summary>
    [GeneratedRegex(".\b")]
    private static partial Regex Overstrike();
}
