namespace TlsAppliance.Testing;

/// <summary>Why a test cannot run in this place: a skip in a visitor's clone, a failure in continuous integration.</summary>
public static class SharedMaterial
{
    /// <summary>The path below the shared material, or null with the reason in <paramref name="reason"/>.</summary>
    public static string? Find(out string reason, params string[] parts)
    {
        string? path = RepositoryRoot.Shared(parts);
        reason = path is null ? "../shared/" + string.Join('/', parts) + " is not beside this clone" : "";
        if (path is null && RepositoryRoot.IsContinuousIntegration)
        {
            throw new DirectoryNotFoundException(reason);
        }

        return path;
    }
}
