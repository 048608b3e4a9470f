using System.Text.Json;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;

namespace TlsAppliance.Capture.Tests;

/// <summary>Every capture of the conformance corpus has as many frames as its truth says.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Counts_the_frames_of_every_capture_as_the_truth_does()
    {
        string corpus = CorpusOrSkip();
        List<string> differences = [];
        string[] truths = Directory.GetFiles(Path.Combine(corpus, "truth"), "*.json");
        Assert.NotEmpty(truths);
        foreach (string path in truths)
        {
            using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(path));
            Compare(corpus, truth.RootElement, differences);
        }

        Assert.Empty(differences);
    }

    private static void Compare(string corpus, JsonElement truth, List<string> differences)
    {
        string name = truth.GetProperty("capture").GetString()!;
        int packets = truth.GetProperty("packets").GetInt32();
        bool isDamaged = truth.GetProperty("reader_notes").GetArrayLength() > 0;
        LinkType[] linkTypes = [.. truth.GetProperty("link_types").EnumerateArray().Select(type => (LinkType)type.GetInt32()).Order()];

        CaptureReading reading = CaptureReading.OfFile(Path.Combine(corpus, "pcaps", name));
        LinkType[] found = [.. reading.Frames.Select(frame => frame.LinkType).Distinct().Order()];
        if (reading.Frames.Count != packets || reading.Faults.Count > 0 != isDamaged || (packets > 0 && !found.SequenceEqual(linkTypes)))
        {
            differences.Add($"{name}: {reading.Frames.Count} of {packets} frames, {string.Join(' ', found)}, {string.Join(' ', reading.Faults)}");
        }
    }

    private static string CorpusOrSkip()
    {
        string? corpus = RepositoryRoot.Shared("corpus");
        Assert.False(corpus is null && RepositoryRoot.IsContinuousIntegration, "The conformance corpus must be there in CI.");
        Assert.SkipWhen(corpus is null, "The conformance corpus is not beside the repository.");
        return corpus!;
    }
}
