namespace TlsAppliance.Tests.Configuration;

/// <summary>What an operator reads when a configuration is wrong, word by word.</summary>
public class WrongConfigurationTests
{
    public static TheoryData<string, string> Files => new()
    {
        // Names.
        { "nmae: x", "a.yml:1:1: nmae: unknown option; did you mean name?" },
        { "zebra: x", "a.yml:1:1: zebra: unknown option" },
        { "ports: [443]", "a.yml:1:1: ports: unknown option; did you mean packetbeat.protocols.tls.ports?" },
        { "tls.ports: [443]", "a.yml:1:1: tls.ports: unknown option; did you mean packetbeat.protocols.tls.ports?" },
        {
            "packetbeat:\n  protocols:\n    tls:\n      send_certificate: true",
            "a.yml:4:7: packetbeat.protocols.tls.send_certificate: unknown option; did you mean packetbeat.protocols.tls.send_certificates?"
        },
        {
            "packetbeat.protocols:\n- type: tls\n  fingerprint: [md5]",
            "a.yml:3:3: packetbeat.protocols.tls.fingerprint: unknown option; did you mean packetbeat.protocols.tls.fingerprints?"
        },
        { "tls_appliance:\n  layuot: ecs", "a.yml:2:3: tls_appliance.layuot: unknown option; did you mean tls_appliance.layout?" },
        { "output.elasticsearch.hots: x", "a.yml:1:1: output.elasticsearch.hots: unknown option" },
        { "\"na\\eme\": x", "a.yml:1:1: na\uFFFDme: unknown option; did you mean name?" },

        // Shapes.
        { "[1, 2]", "a.yml:1:1: expected a section with options, found a list" },
        { "just text", "a.yml:1:1: expected a section with options, found \"just text\"" },
        { "output: 5", "a.yml:1:9: output: expected a section with options, found \"5\"" },
        { "output.file: [a]", "a.yml:1:14: output.file: expected a section with options, found a list" },
        { "packetbeat.protocols:\n- ports: [443]", "a.yml:2:3: packetbeat.protocols: expected a section with a type, such as \"type: tls\"" },
        { "packetbeat.protocols: [tls]", "a.yml:1:24: packetbeat.protocols: expected a section with a type, such as \"type: tls\"" },
        { "name: a\nname: b", "a.yml:2:1: name: set twice; first at a.yml:1:1" },
        { "output.file.path: a\noutput:\n  file:\n    path: b", "a.yml:4:5: output.file.path: set twice; first at a.yml:1:1" },

        // Values.
        { "name: [a]", "a.yml:1:7: name: expected a text of at most 256 characters, found a list" },
        { "name: {a: b}", "a.yml:1:7: name: expected a text of at most 256 characters, found a section" },
        { "fields_under_root: maybe", "a.yml:1:20: fields_under_root: expected true or false, found \"maybe\"" },
        { "fields: text", "a.yml:1:9: fields: expected a section of at most 256 names with texts, numbers, true/false or lists of these, found \"text\"" },
        {
            "fields: {a: [[1]]}",
            "a.yml:1:14: fields: expected a section of at most 256 names with texts, numbers, true/false or lists of these, found a list"
        },
        { "tls_appliance.layout: ECS2", "a.yml:1:23: tls_appliance.layout: expected one of classic, ecs, found \"ECS2\"" },
        { "packetbeat.protocols.tls.fingerprints: [md5, crc32]", Tls("1:46", "fingerprints", "a list of md5, sha1, sha256", "\"crc32\"") },
        { "packetbeat.protocols.tls.ports: [443, 70000]", Tls("1:39", "ports", "a list of ports from 1 to 65535, such as [443, 8443]", "\"70000\"") },
        { "packetbeat.protocols.tls.ports: [-1]", Tls("1:34", "ports", "a list of ports from 1 to 65535, such as [443, 8443]", "\"-1\"") },
        { "packetbeat.protocols.tls.transaction_timeout: soon", Timeout("\"soon\"") },
        { "packetbeat.protocols.tls.transaction_timeout: -5s", Timeout("\"-5s\"") },
        { "packetbeat.protocols.tls.transaction_timeout: 0", Timeout("\"0\"") },
        { "packetbeat.protocols.tls.transaction_timeout: 10 parsecs", Timeout("\"10 parsecs\"") },
        { "packetbeat.protocols.tls.enabled: false", "a.yml:1:1: packetbeat.protocols.tls.enabled: expected true: without TLS there is nothing to do" },
        { "output.file.filename: a/b", "a.yml:1:23: output.file.filename: expected a file name of at most 200 characters without a directory, found \"a/b\"" },
        { "path.data: ''", "a.yml:1:12: path.data: expected a path, found a text" },

        // YAML.
        { "a: [1, 2", "a.yml:2:1: not valid YAML: While parsing a flow sequence, did not find expected ',' or ']'" },
        { "name: a\n---\nname: b", "a.yml:2:1: a second document begins here; one file is one document" },
        { "name: *nobody", "a.yml:1:7: alias *nobody has no anchor before it" },
        { "? [a]\n: b", "a.yml:1:3: expected the name of an option" },
    };

    public static TheoryData<string, string> Settings => new()
    {
        { "tls.foo=1", "-E packetbeat.protocols.tls.foo: unknown option" },
        { "tls.prots=[1]", "-E packetbeat.protocols.tls.prots: unknown option; did you mean packetbeat.protocols.tls.ports?" },
        { "name", "-E name: expected KEY=VALUE, such as tls.ports=[443,8443]" },
        { "=x", "-E =x: expected KEY=VALUE, such as tls.ports=[443,8443]" },
        { "tls.ports=[443", "-E tls.ports: not valid YAML: While parsing a flow sequence, did not find expected ',' or ']'" },
        { "tls.send_certificates=2", "-E packetbeat.protocols.tls.send_certificates: expected true or false, found \"2\"" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void In_a_file(string text, string message)
    {
        TlsAppliance.Configuration.ConfigurationLoader loader = Loaded.Files(text);
        loader.Check();
        Assert.Equal([message], Loaded.Lines(loader.Errors).Select(WithoutDirectory));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void In_a_setting(string setting, string message) => Assert.Equal([message], Loaded.Lines(Loaded.Settings(setting).Errors));

    [Fact]
    public void In_a_flag()
    {
        var loader = new TlsAppliance.Configuration.ConfigurationLoader();
        loader.AddFlag("--layout", "tls_appliance.layout", "new");
        Assert.Equal(["--layout tls_appliance.layout: expected one of classic, ecs, found \"new\""], Loaded.Lines(loader.Errors));
    }

    private static string Tls(string place, string name, string expected, string found) =>
        $"a.yml:{place}: packetbeat.protocols.tls.{name}: expected {expected}, found {found}";

    private static string Timeout(string found) => Tls("1:47", "transaction_timeout", "a duration from 1ms to 24h, such as 10s, 500ms or 1m30s", found);

    /// <summary>The text of a message may name a place too.</summary>
    private static string WithoutDirectory(string line) => System.Text.RegularExpressions.Regex.Replace(line, "/[^ ]*/a.yml", "a.yml");
}
