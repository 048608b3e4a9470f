using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests;

public class ProgramTests(PackageBuild build)
{
    // READYTORUN_HEADER, of the runtime's readytorun.h: a signature, two words of version, and flags; by one of these, the code is in an image of several assemblies.
    private const uint ReadyToRun = 0x00525452;
    private const int Version = 2 * sizeof(ushort);
    private const uint Component = 0x20;

    [Theory]
    [InlineData("tls-appliance")]
    [InlineData("TlsAppliance.Pipeline")]
    [InlineData("TlsAppliance.Tls")]
    [InlineData("TlsAppliance.Events")]
    [InlineData("Akka")]
    [InlineData("System.Private.CoreLib")]
    public void Is_compiled_as_one_with_its_runtime(string assembly)
    {
        using FileStream file = File.OpenRead(Path.Combine(build.Program, assembly + ".dll"));
        using PEReader image = new(file);
        BlobReader header = image.GetSectionData(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.RelativeVirtualAddress).GetReader();

        Assert.Equal(ReadyToRun, header.ReadUInt32());
        header.Offset += Version;
        Assert.Equal(Component, header.ReadUInt32() & Component);
    }

    /// <summary>
    /// Each method that is compiled at the start costs a tenth of a millisecond and more. Most of those that are left are for Akka's start; what a change adds is named by the message.
    /// There are 51.
    /// </summary>
    [Fact]
    public void Compiles_little_of_itself_when_it_runs()
    {
        const int Most = 54;
        using var folder = new TemporaryFolder();
        string log = folder.Combine("compiled");
        ToolProcess run = ToolProcess.Run("env",
        [
            $"DOTNET_JitStdOutFile={log}", "DOTNET_JitDisasmSummary=1", Path.Combine(build.Program, "tls-appliance"),
            "replay", RepositoryRoot.Combine("replay-corpus", "alert-bad-certificate", "input.pcap"), "-o", "none",
        ]);
        Assert.True(run.ExitCode == 0, run.Everything);
        string[] compiled = [.. File.ReadLines(log).Where(line => !line.Contains("[Tier1", StringComparison.Ordinal))];
        Assert.True(compiled.Length is > 0 and <= Most, $"{compiled.Length} methods:\n{string.Join('\n', compiled)}");
    }

    [Fact]
    public void Its_build_leaves_nothing_among_the_sources()
    {
        string firstFolder = build.Program.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.False(Directory.Exists(RepositoryRoot.Combine("src", "TlsAppliance", firstFolder)));
    }
}
