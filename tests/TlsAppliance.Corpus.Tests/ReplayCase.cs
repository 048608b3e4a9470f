using TlsAppliance.Testing;

namespace TlsAppliance.Corpus.Tests;

/// <summary>One folder of <c>replay-corpus/</c>: a capture, what tshark finds in it and the events we write for it.</summary>
internal sealed record ReplayCase(string Name, string Folder)
{
    public static string CorpusFolder { get; } = RepositoryRoot.Combine("replay-corpus");

    public string Capture => Directory.GetFiles(Folder, "input.*").Single();

    public string Facts => Path.Combine(Folder, "facts.json");

    public string Expected => Path.Combine(Folder, "expected.ndjson");

    public string Description => Path.Combine(Folder, "README.md");

    public static ReplayCase Of(string name) => new(name, Path.Combine(CorpusFolder, name));

    /// <summary>Names of all folders with a capture, in ordinal order.</summary>
    public static IEnumerable<string> Names() => Directory.GetDirectories(CorpusFolder)
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => name != "make")
        .Order(StringComparer.Ordinal);
}
