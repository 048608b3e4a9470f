using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>export</c>: prints what the program knows. A new artefact is one line in <see cref="Create"/>.</summary>
internal static class ExportCommand
{
    public static Command Create() => new Verb(
        "export",
        "Print what the program would use, on the standard output.",
        "tls-appliance export config -c a.yml -E name=b   every option in force and where it was set",
        "tls-appliance export template --layout ecs       the index template",
        "tls-appliance export fields                      every field with type and meaning")
    {
        ExportConfigurationCommand.Create(),
        ExportTextCommand.CreateOptions(),
        ExportTextCommand.CreateFields(),
        ExportTextCommand.CreateManual(),
        ExportArtefactCommand.CreateTemplate(),
        ExportArtefactCommand.CreatePolicy(),
    };
}
