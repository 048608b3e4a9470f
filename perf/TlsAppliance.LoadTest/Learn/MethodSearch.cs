using System.Reflection;

namespace TlsAppliance.LoadTest.Learn;

/// <summary>Methods of the product by what the runtime writes of them: name, number of parameters and length of the IL. What fits two of them is none, nor is a generic method.</summary>
internal sealed class MethodSearch(IReadOnlyList<Assembly> assemblies)
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly TypeSearch _types = new(assemblies);

    /// <summary>The method, or null.</summary>
    public LearnedMethod? Find(RecordedMethod recorded)
    {
        if (recorded.IsGeneric || Owner(recorded.Name, out string method) is not { } owner)
        {
            return null;
        }

        Type definition = owner.IsGenericType ? owner.GetGenericTypeDefinition() : owner;
        MethodBase[] fitting = [.. definition.GetMembers(All).OfType<MethodBase>().Where(candidate =>
            candidate.Name == method && !candidate.IsGenericMethod && candidate.GetParameters().Length == recorded.ParameterCount
            && candidate.GetMethodBody()?.GetILAsByteArray()?.Length == recorded.IlBytes)];
        return fitting is [var found] ? new LearnedMethod(owner, found, recorded.Counters, recorded.Weight) : null;
    }

    /// <summary>The type of a method's full name, and the rest, the method's own name. Both may have points in them, and a method's own name brackets.</summary>
    private Type? Owner(string name, out string method)
    {
        for (int end = name.IndexOfAny(['.', '[']); end > 0; end = name.IndexOfAny(['.', '['], end + 1))
        {
            if (_types.Own(name[..end]) is not { } type)
            {
                continue;
            }

            int close = name[end] == '[' ? Closing(name, end) : end - 1;
            method = close + 2 <= name.Length ? name[(close + 2)..] : "";
            return name[end] == '[' ? _types.Close(type, name[(end + 1)..close]) : type.IsGenericTypeDefinition ? null : type;
        }

        method = "";
        return null;
    }

    /// <summary>Where the bracket is closed, or the end.</summary>
    private static int Closing(string name, int open)
    {
        int depth = 0;
        for (int i = open; i < name.Length; i++)
        {
            depth += name[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return name.Length;
    }
}
