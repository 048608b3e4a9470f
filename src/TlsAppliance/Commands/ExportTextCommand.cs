using System.CommandLine;
using TlsAppliance.Configuration;
using TlsAppliance.Reference;
using TlsAppliance.Reports;

namespace TlsAppliance.Commands;

/// <summary><c>export man|fields|options</c>: pages that are written from the program's own tables.</summary>
internal static class ExportTextCommand
{
    public static Command CreateManual() => Create(
        "man",
        "The manual page, in roff.",
        () => ManualPage.Write(CommandOutline.Of(CommandLine.Build()), VersionCommand.Version),
        "tls-appliance export man | man -l -           read it at once",
        "tls-appliance export man > tls-appliance.1    for a package");

    public static Command CreateFields() => Create(
        "fields",
        "Every field of an event in both layouts, as Markdown.",
        FieldsPage.Write,
        "tls-appliance export fields | grep ja4        where a field is in each layout");

    public static Command CreateOptions() => Create(
        "options",
        "Every option with its default, as Markdown.",
        () => OptionsPage.Write(ApplianceRegistry.Create()),
        "tls-appliance export options | grep -i timeout");

    private static Verb Create(string name, string description, Func<string> page, params string[] examples)
    {
        var command = new Verb(name, description, examples);
        command.SetAction(_ => OutputFailures.Guard(() =>
        {
            StandardOutput.Write(page());
            return ExitCode.Done;
        }));
        return command;
    }
}
