using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>Directories, and Elastic Cloud.</summary>
internal static partial class ApplianceRegistry
{
    private static IEnumerable<OptionDefinition> Paths() =>
    [
        new OptionDefinition<string>
        {
            Key = "path.home",
            Help = "Directory below which data and logs lie when they have no place of their own.",
            Format = s_path,
            Get = options => options.HomePath,
            Set = (options, value) => options.HomePath = value,
        },
        new OptionDefinition<string>
        {
            Key = "path.config",
            Help = "Directory of configuration files, for references such as ${path.config}/ca.pem.",
            Format = s_path,
            Get = options => options.ConfigurationPath,
            Set = (options, value) => options.ConfigurationPath = value,
        },
        new OptionDefinition<string>
        {
            Key = "path.data",
            Help = "Directory for what must survive a restart.",
            Format = s_path,
            Get = options => options.DataPath,
            Set = (options, value) => options.DataPath = value,
        },
        new OptionDefinition<string>
        {
            Key = "path.logs",
            Help = "Directory for log files.",
            Format = s_path,
            Get = options => options.LogsPath,
            Set = (options, value) => options.LogsPath = value,
        },
    ];

    private static IEnumerable<OptionDefinition> Cloud() =>
    [
        new OptionDefinition<string>
        {
            Key = "cloud.id",
            Help = "Elastic Cloud's id of a deployment; wins over output.elasticsearch.hosts and setup.kibana.host.",
            DefaultMatches = Packetbeat,
            Format = new CloudIdFormat(),
            Get = options => options.CloudId,
            Set = (options, value) => options.CloudId = value,
        },
        new OptionDefinition<string>
        {
            Key = "cloud.auth",
            Help = "user:password for Elastic Cloud; wins over output.elasticsearch.username and password.",
            DefaultMatches = Packetbeat,
            IsSecret = true,
            Format = new UserPasswordFormat(),
            Get = options => options.CloudAuth,
            Set = (options, value) => options.CloudAuth = value,
        },
    ];
}
