using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>The endpoint for metrics and health.</summary>
internal static partial class ApplianceRegistry
{
    private static IEnumerable<OptionDefinition> Http() =>
    [
        new OptionDefinition<bool>
        {
            Key = "http.enabled",
            Help = "Serve /metrics (Prometheus), /stats (as Packetbeat does), /healthz and /readyz over HTTP while there is something to do.",
            DefaultMatches = Packetbeat,
            Format = s_boolean,
            Get = options => options.Http.Enabled,
            Set = (options, value) => options.Http = options.Http with { Enabled = value },
        },
        new OptionDefinition<string>
        {
            Key = "http.host",
            Help = "Where it listens. An address that others can reach needs http.token. A socket in the file system (unix:///PATH) is for its owner and group, mode 0660, and http.port does not count.",
            DefaultMatches = Packetbeat,
            Format = new ListenHostFormat(),
            Get = options => options.Http.Host,
            Set = (options, value) => options.Http = options.Http with { Host = value },
        },
        new OptionDefinition<string>
        {
            Key = "http.token",
            Help = "What a request must carry as \"Authorization: Bearer TOKEN\"; at least 16 characters. Empty: nothing, which only a loopback address may have.",
            IsSecret = true,
            Format = new TokenFormat(),
            Get = options => options.Http.Token,
            Set = (options, value) => options.Http = options.Http with { Token = value },
        },
        new OptionDefinition<int>
        {
            Key = "http.port",
            Help = "Its port; 0: any that is free.",
            DefaultMatches = Packetbeat,
            Format = new IntegerFormat(0, ushort.MaxValue),
            Get = options => options.Http.Port,
            Set = (options, value) => options.Http = options.Http with { Port = value },
        },
    ];
}
