using System.Text.Json;
using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests.Conformance;

/// <summary>Our events against the truth of real captures, and against those of a real Packetbeat where that is right.</summary>
public class ConformanceTests(CorpusRun run) : IClassFixture<CorpusRun>
{
    private const int DamagedInput = 74;

    [Fact]
    public void The_corpus_replays_to_its_end_and_tells_its_damaged_files()
    {
        Assert.SkipWhen(run.WhyNot is not null, run.WhyNot ?? "");
        Assert.True(run.Process!.ExitCode == DamagedInput, run.Process.Errors);
        Assert.DoesNotContain("   at ", run.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_and_fields_agree_with_the_truth()
    {
        ToolProcess score = Score("--min-recall", "0.995", "--min-precision", "0.995", "--min-field", "0.99");
        Assert.True(score.ExitCode == 0, score.Everything);
    }

    [Fact]
    public void Sessions_inside_other_protocols_are_found()
    {
        ToolProcess score = Score("--demand", "starttls,tunnel", "--only-tag", "class:starttls,class:tunnel", "--min-recall", "0.9", "--min-precision", "0.995");
        Assert.True(score.ExitCode == 0, score.Everything);
    }

    [Fact]
    public void Nothing_differs_from_packetbeat_but_what_the_difference_table_says()
    {
        Assert.SkipWhen(run.WhyNot is not null, run.WhyNot ?? "");
        string tool = SharedMaterial.Find(out _, "tools", "compare-packetbeat")!;
        ToolProcess comparison = ToolProcess.Run("python3", [tool, "--events", run.Events, .. DeliberateDifferences.Allowances()]);
        Assert.True(comparison.ExitCode == 0, comparison.Everything);
    }

    [Fact]
    public void Every_event_is_valid_json_with_a_unique_identity()
    {
        Assert.SkipWhen(run.WhyNot is not null, run.WhyNot ?? "");
        foreach (string file in Directory.EnumerateFiles(run.Events))
        {
            string[] ids = [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetProperty("id").GetString()!)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
        }
    }

    private ToolProcess Score(params string[] arguments)
    {
        Assert.SkipWhen(run.WhyNot is not null, run.WhyNot ?? "");
        string tool = SharedMaterial.Find(out _, "tools", "score-events")!;
        string truth = SharedMaterial.Find(out _, "corpus", "truth")!;
        return ToolProcess.Run(
            "python3",
            [tool, "--truth", truth, "--events", run.Events, "--exclude-field", "tls.server.ja4s,tls.server.ja4x", "--show", "40", .. arguments]);
    }
}
