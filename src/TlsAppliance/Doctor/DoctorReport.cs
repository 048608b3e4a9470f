using System.Text.Json;
using Spectre.Console;

namespace TlsAppliance.Doctor;

/// <summary>The findings for a person, each with its command below it, or as one JSON object.</summary>
internal static class DoctorReport
{
    private const int MinimumText = 20;

    private static readonly Dictionary<Verdict, (string Name, Style Style)> s_verdicts = new()
    {
        [Verdict.Ok] = ("OK", new Style(Color.Green)),
        [Verdict.Warning] = ("warning", new Style(Color.Yellow)),
        [Verdict.Problem] = ("problem", new Style(Color.Red)),
    };

    public static Verdict Worst(IReadOnlyList<Finding> findings) => findings.Count == 0 ? Verdict.Ok : findings.Max(finding => finding.Verdict);

    public static void WriteText(IAnsiConsole console, IReadOnlyList<Finding> findings, int? width = null) => WriteText(console, findings, Conclusion(findings), width);

    /// <param name="console">Where to.</param>
    /// <param name="findings">One after the other.</param>
    /// <param name="conclusion">The last line, or lines.</param>
    /// <param name="width">Columns to which texts are folded; null: one line each, as for a script.</param>
    public static void WriteText(IAnsiConsole console, IReadOnlyList<Finding> findings, string conclusion, int? width)
    {
        // A command must come out as it is to be pasted: it is never folded.
        int name = findings.Max(finding => finding.Check.Length) + 2;
        int verdict = s_verdicts.Values.Max(known => known.Name.Length) + 2;
        string? device = null;
        foreach (Finding finding in findings)
        {
            if (finding.Device != device || ReferenceEquals(finding, findings[0]))
            {
                device = finding.Device;
                console.Write(new Text($"{(device is null ? "this box" : Printable.Text(device))}{Environment.NewLine}", new Style(decoration: Decoration.Bold)));
            }

            (string verdictName, Style style) = s_verdicts[finding.Verdict];
            console.Write(new Text("  " + verdictName.PadRight(verdict), style));
            string margin = new(' ', 2 + verdict + name);
            int room = width is { } columns ? Math.Max(columns - margin.Length, MinimumText) : int.MaxValue;
            console.Profile.Out.Writer.WriteLine(
                finding.Check.PadRight(name) + string.Join(Environment.NewLine + margin, Folding.Lines(Printable.Text(finding.Text), room)));
            if (finding.Command is { } command)
            {
                console.Profile.Out.Writer.WriteLine(margin + Printable.Text(command));
            }
        }

        console.Profile.Out.Writer.WriteLine(conclusion);
    }

    public static string ToJson(IReadOnlyList<Finding> findings) => JsonLine.Object(json =>
    {
        json.WriteString("verdict", Name(Worst(findings)));
        WriteFindings(json, findings);
    });

    public static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            json.WriteString("device", finding.Device);
            json.WriteString("verdict", Name(finding.Verdict));
            json.WriteString("text", finding.Text);
            json.WriteString("command", finding.Command);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Conclusion(IReadOnlyList<Finding> findings)
    {
        int problems = findings.Count(finding => finding.Verdict == Verdict.Problem);
        int warnings = findings.Count(finding => finding.Verdict == Verdict.Warning);
        return problems + warnings == 0
            ? "All is as it should be."
            : FormattableString.Invariant($"{problems} problem{(problems == 1 ? "" : "s")}, {warnings} warning{(warnings == 1 ? "" : "s")}. Below each stands the command that mends it.");
    }

    public static string Name(Verdict verdict) => s_verdicts[verdict].Name.ToLowerInvariant();
}
