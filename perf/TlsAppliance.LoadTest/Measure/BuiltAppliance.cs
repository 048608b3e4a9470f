using System.Reflection;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>The product as its own build leaves it, which is as it is delivered.</summary>
internal static class BuiltAppliance
{
    /// <summary>The project file says where that is.</summary>
    private const string Key = "Appliance";

    /// <summary>Path of tls-appliance.dll.</summary>
    public static string Program { get; } =
        typeof(BuiltAppliance).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == Key).Value!;
}
