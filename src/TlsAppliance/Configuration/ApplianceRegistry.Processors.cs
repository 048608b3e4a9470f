using TlsAppliance.Configuration.Processors;

namespace TlsAppliance.Configuration;

/// <summary>What is done to events before they are written.</summary>
internal static partial class ApplianceRegistry
{
    private static IEnumerable<OptionDefinition> Processors() =>
    [
        new ProcessorsOption
        {
            Key = "processors",
            Help = "Steps that change which fields an event shows, in their order. Steps without conditions cost nothing; with conditions an event is written twice.",
            DefaultMatches = Packetbeat,
            Get = options => options.Processors,
            Set = (options, value) => options.Processors = value,
        },
        new ProcessorsOption
        {
            Key = Tls + "processors",
            Help = "The same for TLS events; these act before the general ones.",
            DefaultMatches = Packetbeat,
            Get = options => options.TlsProcessors,
            Set = (options, value) => options.TlsProcessors = value,
        },
    ];
}
