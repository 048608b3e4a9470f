using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>export</c>: prints what the program knows. A new artefact is one line in <see cref="Create"/>.</summary>
internal static class ExportCommand
{
    public static Command Create() => new Verb(
        "export",
        "Print what the program would use, on the standard output.",
        "tls-appliance export config -c a.yml -E name=b   every option in force and where it was set")
    {
        ExportConfigurationCommand.Create(),
        ExportTextCommand.CreateOptions(),
        ExportTextCommand.CreateFields(),
        ExportTextCommand.CreateManual(),
    };
}
