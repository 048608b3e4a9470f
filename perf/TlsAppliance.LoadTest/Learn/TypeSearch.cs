using System.Reflection;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>
/// Types by the names that the runtime gives them. What it shares between type arguments that are references is named by a placeholder, <c>System.__Canon</c>; the compiler refuses a profile that
/// names it, so nothing over it is found.
/// </summary>
internal sealed class TypeSearch(IReadOnlyList<Assembly> assemblies)
{
    private const string Placeholder = "System.__Canon";
    private static readonly Assembly Core = typeof(object).Assembly;

    /// <summary>What the compiler puts into several assemblies is no type of one name.</summary>
    private readonly Dictionary<string, Type> _own = assemblies.SelectMany(assembly => assembly.GetTypes()).GroupBy(type => type.FullName!)
        .Where(types => types.Count() == 1).ToDictionary(types => types.Key, types => types.Single());

    /// <summary>The product's type of this name, without type arguments, or null.</summary>
    public Type? Own(string name) => _own.GetValueOrDefault(name);

    /// <summary>A type of the product or of the core library by name, <c>Type`1[Arguments]</c>, or null.</summary>
    public Type? Find(string name)
    {
        int arguments = name.IndexOf('[', StringComparison.Ordinal);
        if (arguments < 0)
        {
            return name == Placeholder ? null : Own(name) ?? (name.Contains(',', StringComparison.Ordinal) ? null : Core.GetType(name));
        }

        return name[^1] == ']' && Find(name[..arguments]) is { } definition ? Close(definition, name[(arguments + 1)..^1]) : null;
    }

    /// <summary>A generic type of these arguments, or null.</summary>
    public Type? Close(Type definition, string arguments)
    {
        Type?[] found = [.. Split(arguments).Select(Find)];
        return definition.IsGenericTypeDefinition && found.Length == definition.GetGenericArguments().Length && !found.Contains(null) ? definition.MakeGenericType(found!) : null;
    }

    /// <summary>A type that was met, by its assembly-qualified name, or null.</summary>
    public static Type? FindQualified(string name)
    {
        try
        {
            return name.Contains(Placeholder, StringComparison.Ordinal) ? null : Type.GetType(name, throwOnError: false);
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or BadImageFormatException or TypeLoadException)
        {
            // No name, or one of an assembly that cannot be loaded here.
            return null;
        }
    }

    private static IEnumerable<string> Split(string arguments)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            depth += arguments[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (arguments[i] == ',' && depth == 0)
            {
                yield return arguments[start..i];
                start = i + 1;
            }
        }

        yield return arguments[start..];
    }
}
