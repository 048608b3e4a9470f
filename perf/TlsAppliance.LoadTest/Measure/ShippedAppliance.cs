using System.Diagnostics;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>The product as it is shipped, made anew of these sources by <c>config/packaging/build</c>, for as long as it is measured.</summary>
internal sealed class ShippedAppliance : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls-appliance-");

    /// <exception cref="InvalidOperationException">The build failed, and has said why.</exception>
    public ShippedAppliance()
    {
        using Process build = Process.Start(SourcePaths.PackageBuild, ["--no-deb", "--output", _folder.FullName]);
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            Dispose();
            throw new InvalidOperationException($"config/packaging/build ended with {build.ExitCode}");
        }
    }

    /// <summary>Path of tls-appliance.</summary>
    public string Program => Path.Combine(_folder.FullName, "tls-appliance", "tls-appliance");

    public void Dispose() => _folder.Delete(recursive: true);
}
