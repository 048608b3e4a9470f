using System.Reflection.PortableExecutable;
using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests;

public class ProgramTests(PackageBuild build)
{
    [Theory]
    [InlineData("tls-appliance")]
    [InlineData("TlsAppliance.Pipeline")]
    [InlineData("TlsAppliance.Tls")]
    [InlineData("TlsAppliance.Events")]
    [InlineData("Akka")]
    public void Is_compiled_ahead_of_time(string assembly)
    {
        using FileStream file = File.OpenRead(Path.Combine(build.Program, assembly + ".dll"));
        using PEReader image = new(file);
        Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    [Fact]
    public void Its_build_leaves_nothing_among_the_sources()
    {
        string firstFolder = build.Program.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.False(Directory.Exists(RepositoryRoot.Combine("src", "TlsAppliance", firstFolder)));
    }
}
