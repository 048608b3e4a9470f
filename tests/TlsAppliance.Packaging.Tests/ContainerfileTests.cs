using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests;

/// <summary>There is no container engine where this is tested: what can be judged without is that the file copies what the build needs and starts what the unit starts.</summary>
public class ContainerfileTests
{
    private static readonly string[] s_lines =
        [.. File.ReadAllText(RepositoryRoot.Combine("config", "packaging", "Containerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Copies_from_the_context_what_is_there()
    {
        string[] sources = [.. s_lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1])];
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(File.Exists(RepositoryRoot.Combine(source)) || Directory.Exists(RepositoryRoot.Combine(source)), source));
    }

    /// <summary>Everything that the build script reads must be in the context that the build stage copies.</summary>
    [Fact]
    public void The_build_stage_has_what_the_build_needs()
    {
        string copied = string.Join('\n', s_lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)));
        Assert.All(new[] { "src/", "config/", ".editorconfig", "Directory.Build.props", "Directory.Packages.props", "global.json" }, source => Assert.Contains(source, copied, StringComparison.Ordinal));
        Assert.Contains(s_lines, line => line.StartsWith("RUN config/packaging/build --no-deb --output /out", StringComparison.Ordinal));
        Assert.True(File.Exists(RepositoryRoot.Combine("config", "packaging", "build")));
    }

    [Fact]
    public void Starts_as_the_unit_does_and_as_nobody_of_importance()
    {
        string[] unit = Units.UnitFile.Load(RepositoryRoot.Combine("config", "systemd", "tls-appliance.service"))["ExecStart"].Split(' ');
        string command = s_lines.Single(line => line.StartsWith("CMD ", StringComparison.Ordinal));
        Assert.All(unit[1..], word => Assert.Contains($"\"{word}\"", command, StringComparison.Ordinal));
        Assert.Contains($"ENTRYPOINT [\"{unit[0]}\"]", s_lines);
        Assert.Contains("USER tls-appliance", s_lines);
        Assert.Equal(2, s_lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
    }
}
