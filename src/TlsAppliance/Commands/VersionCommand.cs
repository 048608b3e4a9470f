using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary><c>version</c>: which program this is, for a bug report.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("version", "Version of the program and of its runtime.") { json };
        command.SetAction(result => Write(result.InvocationConfiguration.Output, result.GetValue(json)));
        return command;
    }

    internal static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static int Write(TextWriter output, bool json)
    {
        string runtime = RuntimeInformation.FrameworkDescription;
        string system = RuntimeInformation.RuntimeIdentifier;
        output.WriteLine(json
            ? $$"""{"name":"tls-appliance","version":"{{Version}}","runtime":"{{runtime}}","system":"{{system}}"}"""
            : $"tls-appliance {Version} ({runtime}, {system})");
        return ExitCode.Done;
    }
}
