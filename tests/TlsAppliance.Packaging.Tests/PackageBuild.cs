using System.Runtime.Versioning;
using TlsAppliance.Testing;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(TlsAppliance.Packaging.Tests.PackageBuild))]

namespace TlsAppliance.Packaging.Tests;

/// <summary>What <c>config/packaging/build</c> makes of this source tree, built once for all tests.</summary>
public sealed class PackageBuild : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _output;

    public PackageBuild() => _output = new Lazy<string>(Build);

    /// <summary>Folder of the program as published.</summary>
    public string Program => Path.Combine(_output.Value, "tls-appliance");

    public string BillOfMaterials => Path.Combine(_output.Value, "sbom.cdx.json");

    /// <summary>Folder of the package.</summary>
    public string Folder => _output.Value;

    public string Package => Directory.EnumerateFiles(_output.Value, "tls-appliance_*.deb").Single();

    private string Build()
    {
        ToolProcess build = ToolProcess.Run(RepositoryRoot.Combine("config", "packaging", "build"), ["--output", _folder.Path]);
        return build.ExitCode == 0 ? _folder.Path : throw new InvalidOperationException(build.Everything);
    }

    public void Dispose() => _folder.Dispose();
}
