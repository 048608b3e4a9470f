using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests.Units;

/// <summary>The system calls that a unit allows, with systemd's own sets.</summary>
internal static class SystemCallFilter
{
    /// <summary>Calls that systemd always allows to a filter of allowed calls: the process could not even begin or end.</summary>
    private const string Always = "@default";

    public static IReadOnlySet<string> Allowed(UnitFile unit)
    {
        var allowed = new HashSet<string>(Expand(Always), StringComparer.Ordinal);
        foreach (string setting in unit.All("SystemCallFilter"))
        {
            bool denies = setting.StartsWith('~');
            foreach (string call in setting.TrimStart('~').Split(' ').SelectMany(Expand))
            {
                _ = denies ? allowed.Remove(call) : allowed.Add(call);
            }
        }

        return allowed;
    }

    /// <summary>A set by its members, its sets included; a call is itself.</summary>
    private static IEnumerable<string> Expand(string name)
    {
        if (name[0] != '@')
        {
            return [name];
        }

        ToolProcess listing = ToolProcess.Run("systemd-analyze", ["syscall-filter", "--no-pager", name]);
        Assert.True(listing.ExitCode == 0, listing.Everything);
        return listing.Output.Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').SelectMany(Expand);
    }
}
