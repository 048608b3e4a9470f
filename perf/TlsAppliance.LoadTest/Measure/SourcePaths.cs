using System.Reflection;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>Where the sources that this program was built with leave the product; the project file says so.</summary>
internal static class SourcePaths
{
    /// <summary>tls-appliance.dll as its own build leaves it, for the runtime of this machine.</summary>
    public static string BuiltAppliance { get; } = Of("Appliance");

    /// <summary>The command that builds what is shipped.</summary>
    public static string PackageBuild { get; } = Of("PackageBuild");

    private static string Of(string key) =>
        typeof(SourcePaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == key).Value!;
}
