namespace TlsAppliance.Testing;

/// <summary>Finds the repository and, beside it, the shared reference material that a visitor's clone lacks.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Search);

    /// <summary>The folder that holds <c>TlsAppliance.sln</c>.</summary>
    public static string Path => Found.Value;

    /// <summary>True where a missing prerequisite is a failure and never a skip.</summary>
    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>A file or folder of the repository.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A file or folder of the shared material beside the repository, or null where there is none.</summary>
    public static string? Shared(params string[] parts)
    {
        string path = System.IO.Path.Combine([Path, "..", "shared", .. parts]);
        return File.Exists(path) || Directory.Exists(path) ? System.IO.Path.GetFullPath(path) : null;
    }

    private static string Search()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TlsAppliance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No TlsAppliance.sln above " + AppContext.BaseDirectory);
    }
}
