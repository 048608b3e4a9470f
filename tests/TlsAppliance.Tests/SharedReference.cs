using TlsAppliance.Testing;

namespace TlsAppliance.Tests;

/// <summary>Reference files beside the repository.</summary>
internal static class SharedReference
{
    /// <summary>The file's path; skips the test when it is not there, but fails in CI.</summary>
    public static string PathOf(string name)
    {
        string path = Path.Combine(RepositoryRoot.Path, "..", "shared", "reference", name);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{name} must be there in CI");
        }

        Assert.SkipUnless(File.Exists(path), $"{name} is not beside this repository");
        return path;
    }
}
