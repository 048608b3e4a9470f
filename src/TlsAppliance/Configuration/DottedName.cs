namespace TlsAppliance.Configuration;

/// <summary>Names of options are paths: <c>output.file.path</c> lies below <c>output.file</c>.</summary>
internal static class DottedName
{
    /// <summary>Adds <c>a.b</c> and <c>a</c> for <c>a.b.c</c>.</summary>
    public static void AddAncestors(string name, HashSet<string> ancestors)
    {
        foreach (string ancestor in Ancestors(name))
        {
            ancestors.Add(ancestor);
        }
    }

    /// <summary>The sections that a name lies in, innermost first.</summary>
    public static IEnumerable<string> Ancestors(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            yield return name[..dot];
        }
    }
}
