namespace TlsAppliance.Capture.Tests;

/// <summary>Where the conformance corpus lies, beside the repository.</summary>
internal static class SharedCorpus
{
    public static string? Find()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TlsAppliance.sln")))
        {
            directory = directory.Parent;
        }

        string? corpus = directory is null ? null : Path.GetFullPath(Path.Combine(directory.FullName, "..", "shared", "corpus"));
        return Directory.Exists(corpus) ? corpus : null;
    }
}
