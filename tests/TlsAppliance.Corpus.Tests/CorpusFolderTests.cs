using System.Text;

namespace TlsAppliance.Corpus.Tests;

/// <summary>What <c>replay-corpus/</c> promises about itself.</summary>
public class CorpusFolderTests
{
    private const long MaximumBytes = 3 << 20;
    private static readonly string[] Stacks = ["OpenSSL", "GnuTLS", "NSS", "Java", "Node", ".NET", "Chromium", "Python"];

    [Fact]
    public void Every_folder_is_whole_and_stands_in_the_index()
    {
        string index = File.ReadAllText(Path.Combine(ReplayCase.CorpusFolder, "README.md"));
        Assert.All(ReplayCase.Names().Select(ReplayCase.Of), replay =>
        {
            string[] files = [replay.Capture, replay.Facts, replay.Expected, replay.Description];
            Assert.All(files, file => Assert.True(File.Exists(file), file));
            Assert.Contains($"[{replay.Name}]({replay.Name}/README.md)", index);
        });
    }

    [Fact]
    public void Holds_captures_of_real_stacks_and_forged_ones()
    {
        string[] descriptions = [.. ReplayCase.Names().Select(name => File.ReadAllText(ReplayCase.Of(name).Description))];
        string[] recorded = [.. descriptions.Where(text => text.Contains("Recorded with"))];
        Assert.True(recorded.Length >= 14);
        Assert.True(descriptions.Count(text => text.Contains("Forged by")) >= 14);
        Assert.All(Stacks, stack => Assert.Contains(recorded, text => text.Contains($" {stack} ")));
    }

    [Fact]
    public void Is_small_and_holds_no_key()
    {
        string[] files = Directory.GetFiles(ReplayCase.CorpusFolder, "*", SearchOption.AllDirectories);
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, MaximumBytes);
        Assert.DoesNotContain(files, file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains("PRIVATE KEY"));
    }
}
