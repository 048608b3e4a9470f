using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>What is kept of connections at which the engine failed.</summary>
internal static partial class ApplianceRegistry
{
    private static IEnumerable<OptionDefinition> Quarantine() =>
    [
        new OptionDefinition<int>
        {
            Key = "tls_appliance.quarantine.max_files",
            Help = "Live: connections at which the engine failed are kept as small captures below path.data/quarantine, so many files at most, those of earlier runs included; 0: none.",
            Format = new IntegerFormat(0, 1 << 16, "files"),
            Get = options => options.Quarantine.MaximumFiles,
            Set = (options, value) => options.Quarantine = options.Quarantine with { MaximumFiles = value },
        },
        new OptionDefinition<long>
        {
            Key = "tls_appliance.quarantine.max_bytes",
            Help = "Bytes of these files together.",
            Format = new BytesFormat(0, 64 * GiB),
            Get = options => options.Quarantine.MaximumBytes,
            Set = (options, value) => options.Quarantine = options.Quarantine with { MaximumBytes = value },
        },
    ];
}
