namespace TlsAppliance.Testing;

/// <summary>A program of the system that a test compares with: a skip where it is not installed, a failure in continuous integration.</summary>
public static class SystemTool
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    /// <summary>True when it is there, else the reason.</summary>
    public static bool IsThere(string name, out string reason)
    {
        bool there = Folders.Any(folder => File.Exists(Path.Combine(folder, name)));
        reason = there ? "" : name + " is not installed";
        return there || !RepositoryRoot.IsContinuousIntegration ? there : throw new FileNotFoundException(reason);
    }
}
