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
        { "output.elasticsearch.hots: x", "a.yml:1:1: output.elasticsearch.hots: unknown option; did you mean output.elasticsearch.hosts?" },
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

        // Processors.
        { "processors: 5", "a.yml:1:13: processors: expected a list of processors, found \"5\"" },
        { "processors: [[]]", "a.yml:1:14: processors: expected a processor such as \"add_tags: {tags: [a]}\", found a list" },
        { "processors: [{add_tag: {tags: [a]}}]", "a.yml:1:15: processors.add_tag: unknown processor; did you mean add_tags?" },
        { "processors: [{zebra: ~}]", "a.yml:1:15: processors.zebra: unknown processor; known are add_fields, add_labels, add_tags, drop_fields, include_fields, drop_event, community_id" },
        { "processors: [{add_tags: {tags: [a]}, drop_fields: {fields: [b]}}]", "a.yml:1:14: processors: expected one processor, found add_tags, drop_fields; each is an item of the list" },
        { "processors: [{add_tags: ~}]", "a.yml:1:15: processors.add_tags: expected \"tags\": a text or a list of texts" },
        { "processors: [{add_tags: {tags: {a: b}}}]", "a.yml:1:32: processors.add_tags.tags: expected a text or a list of texts, found a section" },
        { "processors: [{add_tags: {tags: [a], wenn: {}}}]", "a.yml:1:37: processors.add_tags.wenn: unknown option; did you mean when?" },
        { "processors: [{drop_event: ~}]", "a.yml:1:15: processors.drop_event: expected a condition (when): without one no event would be left" },
        { "processors: [{drop_event.when.equal.a: 1}]", "a.yml:1:15: processors.drop_event.when.equal: unknown condition; did you mean equals?" },
        { "processors: [{drop_event.when.equals.a: [1]}]", "a.yml:1:41: processors.drop_event.when.equals.a: expected a text, a number, true or false, found a list" },
        { "processors: [{drop_event.when.regexp.a: '(?=x)'}]", "a.yml:1:41: processors.drop_event.when.regexp.a: expected a regular expression without look-around and back references, found a text" },
        { "processors: [{drop_event.when.regexp.a: '('}]", "a.yml:1:41: processors.drop_event.when.regexp.a: expected a regular expression without look-around and back references, found a text" },
        { "processors: [{drop_event.when.range.a.ge: 1}]", "a.yml:1:15: processors.drop_event.when.range.a.ge: unknown bound; known are gte, gt, lte, lt" },
        { "processors: [{drop_event.when.range.a.gte: x}]", "a.yml:1:44: processors.drop_event.when.range.a.gte: expected a number, found \"x\"" },
        { "processors: [{drop_event.when.or: x}]", "a.yml:1:35: processors.drop_event.when.or: expected a list of conditions, found \"x\"" },
        { "processors: [{if.equals.a: 1}]", "a.yml:1:14: processors: expected \"then\" with what to do, beside \"if\"" },
        { "processors: [{if.equals.a: 1, then: [], esle: []}]", "a.yml:1:41: processors.esle: unknown name beside \"if\"; known are if, then, else" },

        // References, outputs, the cloud, HTTP and the log.
        { "name: ${TLS_APPLIANCE_NOBODY}", "a.yml:1:7: name: ${TLS_APPLIANCE_NOBODY} is neither a setting nor an environment variable nor a systemd credential; ${TLS_APPLIANCE_NOBODY:X} gives a default, ${file:PATH} reads a file" },
        { "name: ${TLS_APPLIANCE_NOBODY:?say who}", "a.yml:1:7: name: ${TLS_APPLIANCE_NOBODY} is not set: say who" },
        { "name: '${a'", "a.yml:1:7: name: \"${a\" is not closed; a plain ${ is written $${" },
        { "name: ${file:/no/such/file}", "a.yml:1:7: name: /no/such/file: no such file" },
        { "name: ${path.data}\npath.data: ${name}", "a.yml:1:7: name: references nested deeper than 8 levels, or in a circle|a.yml:2:12: path.data: references nested deeper than 8 levels, or in a circle" },
        { "output.kafka.hosts: [a]", "a.yml:1:1: output.kafka: there is no kafka output here; use output.file, and a shipper with a Kafka output (Vector, Filebeat) on its files" },
        { "output: {redis: {hosts: [a]}}", "a.yml:1:10: output.redis: there is no redis output here; use output.file, and a shipper with a Redis output (Vector, Filebeat) on its files" },
        { "cloud.id: abc", "a.yml:1:11: cloud.id: expected an id as Elastic Cloud shows it, such as \"name:ZXhhbXBsZS5jb20kYWJjJGRlZg==\", found \"abc\"" },
        { "cloud.auth: abc", "a.yml:1:13: cloud.auth: expected user:password, found another text" },
        { "http.host: 'npipe:///x'", "a.yml:1:12: http.host: expected localhost, an IP address, or unix:///PATH of at most 107 bytes, found a text" },
        { "http: {enabled: true, host: 192.0.2.1}", "a.yml:1:23: http.host: 192.0.2.1 can be reached by others: set http.token, which they must send, or listen on localhost" },
        { "http.token: short", "a.yml:1:13: http.token: expected a text of 16 to 512 printable ASCII characters without blanks, found another text" },
        { "http.port: 65536", "a.yml:1:12: http.port: expected a whole number from 0 to 65535, found \"65536\"" },
        { "logging.level: chatty", "a.yml:1:16: logging.level: expected one of debug, info, warning, error, critical, found \"chatty\"" },
        { "logging.files.permissions: 0777777", "a.yml:1:28: logging.files.permissions: expected permissions in octal that let the owner write, such as 0600 or 0640, found \"0777777\"" },
        { "logging.files.rotateeverybytes: 12 parsecs", "a.yml:1:33: logging.files.rotateeverybytes: expected a size from 64KiB to 64GiB, such as 65536, 64KiB or 1MB, found \"12 parsecs\"" },

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
        Assert.Equal(message.Split('|'), Loaded.Lines(loader.Errors).Select(WithoutDirectory));
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
