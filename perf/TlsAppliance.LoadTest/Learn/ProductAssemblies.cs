using System.Reflection;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>The assemblies that the product is built of.</summary>
internal static class ProductAssemblies
{
    private const string Program = "tls-appliance";

    /// <summary>What the names of the others, and all namespaces, start with.</summary>
    public const string Prefix = "TlsAppliance.";

    public static IReadOnlyList<Assembly> Load()
    {
        List<Assembly> found = [Assembly.Load(Program)];
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].GetReferencedAssemblies()
                .Where(name => name.Name!.StartsWith(Prefix, StringComparison.Ordinal) && !found.Exists(known => known.GetName().Name == name.Name))
                .Select(Assembly.Load).ToList());
        }

        return found;
    }
}
