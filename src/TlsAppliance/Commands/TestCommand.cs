using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary><c>test</c>: tries things out without doing them. A new trial is one line in <see cref="Create"/>.</summary>
internal static class TestCommand
{
    public static Command Create() => new Verb(
        "test",
        "Try out a configuration, an output or an interface; nothing is written.",
        "tls-appliance test config -c packetbeat.yml   what is wrong in a file, and what of it is ignored",
        "tls-appliance test output -c packetbeat.yml   whether Elasticsearch can be reached and written to",
        "sudo tls-appliance test capture -i eth1       whether an interface is a good SPAN")
    {
        TestConfigurationCommand.Create(),
        TestOutputCommand.Create(),
        TestCaptureCommand.Create(),
    };
}
