using System.Reflection;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>The commit that was built, which a report names.</summary>
internal static class BuiltCommit
{
    private const int Length = 12;

    /// <summary>Its first digits; <c>unknown</c> outside a repository.</summary>
    public static string Short { get; } = Of(typeof(BuiltCommit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    private static string Of(string version)
    {
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? "unknown" : version[(plus + 1)..][..Math.Min(Length, version.Length - plus - 1)];
    }
}
