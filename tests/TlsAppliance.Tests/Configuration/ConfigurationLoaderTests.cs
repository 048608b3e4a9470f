using TlsAppliance.Configuration;
using TlsAppliance.Events;

namespace TlsAppliance.Tests.Configuration;

public class ConfigurationLoaderTests
{
    [Fact]
    public void Without_a_source_the_defaults_of_the_records_hold()
    {
        ApplianceOptions options = new ConfigurationLoader().Options;
        Assert.Equal(new EventOptions().Fingerprints, options.ToPipelineOptions().Events.Fingerprints);
        Assert.Equal("events", options.FileOutput.Path);
    }

    [Fact]
    public void Dotted_and_nested_names_say_the_same()
    {
        ConfigurationLoader dotted = Loaded.Files("output.file.path: here\npacketbeat.protocols.tls.ports: [8443]\n");
        ConfigurationLoader nested = Loaded.Files("output:\n  file: {path: here}\npacketbeat:\n  protocols:\n    tls.ports: [8443]\n");

        foreach (ConfigurationLoader loader in (ConfigurationLoader[])[dotted, nested])
        {
            Assert.Empty(loader.Errors);
            Assert.Equal("here", loader.Options.FileOutput.Path);
            Assert.Equal([8443], loader.Options.Pipeline.Ports);
        }
    }

    [Fact]
    public void Reads_the_protocols_as_a_list_and_as_a_map()
    {
        ConfigurationLoader list = Loaded.Files("packetbeat.protocols:\n- type: tls\n  send_certificates: false\n  fingerprints: [md5, sha-256]\n");
        ConfigurationLoader map = Loaded.Files("packetbeat.protocols:\n  tls:\n    send_certificates: false\n    fingerprints: [md5, SHA256]\n");

        foreach (ConfigurationLoader loader in (ConfigurationLoader[])[list, map])
        {
            Assert.Empty(loader.Errors);
            Assert.False(loader.Options.Events.SendCertificates);
            Assert.Equal(CertificateFingerprints.Md5 | CertificateFingerprints.Sha256, loader.Options.Events.Fingerprints);
        }
    }

    [Fact]
    public void Flags_win_over_settings_and_settings_over_files_and_later_over_earlier()
    {
        ConfigurationLoader loader = Loaded.Files("name: a\ntls_appliance.layout: ecs\noutput.file.path: a\n", "name: b\n");
        loader.AddSetting("output.file.path=c");
        loader.AddSetting("output.file.path=d");
        loader.AddSetting("tls_appliance.layout=ecs");
        loader.AddFlag("--layout", ApplianceRegistry.LayoutKey, "classic");

        Assert.Empty(loader.Errors);
        Assert.Equal("b", loader.Options.Events.Sensor);
        Assert.Equal("d", loader.Options.FileOutput.Path);
        Assert.Equal(EventLayout.Classic, loader.Options.Events.Layout);
    }

    [Fact]
    public void Remembers_where_each_value_comes_from()
    {
        ConfigurationLoader loader = Loaded.Files("name: a\n");
        loader.AddSetting("tls.ports=[443]");

        Assert.EndsWith("a.yml:1:1", loader.Places["name"].ToString(), StringComparison.Ordinal);
        Assert.Equal("-E", loader.Places["packetbeat.protocols.tls.ports"].ToString());
        Assert.False(loader.Places.ContainsKey("tags"));
    }

    [Theory]
    [InlineData("tls.ports=[443, 8443]")]
    [InlineData("packetbeat.protocols.tls.ports=[443,8443]")]
    public void Settings_take_lists_and_the_short_name_of_the_protocol(string setting) =>
        Assert.Equal([443, 8443], Loaded.Settings(setting).Options.Pipeline.Ports);

    [Fact]
    public void A_setting_without_brackets_or_quotes_is_text_as_it_stands()
    {
        ConfigurationLoader loader = Loaded.Settings("name=span: 1 # not a comment", "path.data=\"quo\\u0074ed\"");
        Assert.Empty(loader.Errors);
        Assert.Equal("span: 1 # not a comment", loader.Options.Events.Sensor);
        Assert.Equal("quoted", loader.Options.DataPath);
    }

    [Fact]
    public void A_name_without_a_value_leaves_what_was_there()
    {
        ConfigurationLoader loader = Loaded.Files("name: a\n", "name:\ntags: ~\npacketbeat.protocols:\n");
        Assert.Empty(loader.Errors);
        Assert.Equal("a", loader.Options.Events.Sensor);
    }

    [Fact]
    public void Joins_the_tags_and_fields_of_all_events_and_of_the_protocol()
    {
        EventOptions events = Loaded.Files(
            """
            tags: [a, b]
            fields: {site: hq, deep: {er: 1}, flag: true, text: "1", share: 0.5, list: [x, 2]}
            packetbeat.protocols:
            - type: tls
              tags: [b, c]
              fields.site: lab
            """).Options.ToPipelineOptions().Events;

        Assert.Equal(["a", "b", "c"], events.Tags);
        Assert.Equal("lab", events.Fields["site"]);
        Assert.Equal(1L, events.Fields["deep.er"]);
        Assert.Equal(true, events.Fields["flag"]);
        Assert.Equal("1", events.Fields["text"]);
        Assert.Equal(0.5, events.Fields["share"]);
        Assert.Equal(new object[] { "x", 2L }, events.Fields["list"]);
        Assert.False(events.FieldsUnderRoot);
    }

    [Fact]
    public void Fields_of_which_only_some_go_under_the_root_keep_their_places()
    {
        EventOptions events = Loaded.Files("fields: {a: 1}\npacketbeat.protocols.tls: {fields: {b: 2}, fields_under_root: true}\n")
            .Options.ToPipelineOptions().Events;
        Assert.True(events.FieldsUnderRoot);
        Assert.Equal(["b", "fields.a"], events.Fields.Keys);
    }

    [Fact]
    public void Warns_once_for_each_option_of_beats_that_is_not_ours_with_its_line()
    {
        ConfigurationLoader loader = Loaded.Files(
            """
            packetbeat.protocols:
            - type: http
              ports: [80]
              hide_keywords: [x]
            - type: dns
              enabled: false
            - type: tls
              keep_null: false
            monitoring.elasticsearch:
              hosts: ["localhost:9200"]
              headers: {X-Mine: 1}
            instrumentation:
              profiling.cpu.enabled: true
            features:
            """);

        Assert.Empty(loader.Errors);
        Assert.Equal(
            [
                "a.yml:2:3: packetbeat.protocols: http is not TLS; ignored",
                "a.yml:8:3: packetbeat.protocols.tls.keep_null: Packetbeat's option, not implemented here; ignored",
                "a.yml:10:3: monitoring.elasticsearch.hosts: Packetbeat's option, not implemented here; ignored",
                "a.yml:11:3: monitoring.elasticsearch.headers: Packetbeat's option, not implemented here; ignored",
                "a.yml:13:3: instrumentation.profiling.cpu.enabled: Packetbeat's option, not implemented here; ignored",
            ],
            Loaded.Lines(loader.Warnings));
    }

    [Fact]
    public void Says_once_that_flows_are_ignored_unless_they_are_switched_off()
    {
        const string Note = "packetbeat.flows: ignored: events are made of TLS sessions, not of flows; each has the bytes and packets of its connection";
        Assert.Equal([$"a.yml:1:1: {Note}"], Loaded.Lines(Loaded.Files("packetbeat.flows:\n  timeout: 30s\n  period: 10s\n").Notices));
        Assert.Equal([$"a.yml:1:1: {Note}"], Loaded.Lines(Loaded.Files("packetbeat.flows.period: 10s\npacketbeat.flows.timeout: 10s\n").Notices));
        Assert.Empty(Loaded.Files("packetbeat.flows: {enabled: false, period: 10s}\n").Notices);
        Assert.Empty(Loaded.Files("packetbeat.flows:\n").Notices);
    }

    [Fact]
    public void Says_that_a_list_of_ports_restricts()
    {
        ConfigurationLoader loader = Loaded.Files("packetbeat.protocols:\n- type: tls\n  ports: [443, 8443]\n");
        loader.Check();
        Assert.Equal(
            ["a.yml:3:3: packetbeat.protocols.tls.ports: only sessions to or from ports 443, 8443 are read; without a list TLS is found on any port"],
            Loaded.Lines(loader.Notices));
    }

    [Theory]
    [InlineData("output.file.path: x", "file")]
    [InlineData("output.console:", "console")]
    [InlineData("output.console.enabled: true", "console")]
    [InlineData("output.file:", "")]
    [InlineData("output.file: {path: x, enabled: false}", "")]
    [InlineData("output.file.path: x\noutput.console.enabled: true", "file,console")]
    [InlineData("output.kafka: {hosts: [x], enabled: false}", "")]
    public void Knows_which_outputs_are_named_and_on(string text, string outputs)
    {
        ConfigurationLoader loader = Loaded.Files(text);
        loader.Check();
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Equal(outputs, string.Join(',', loader.Options.Outputs));
    }

    [Fact]
    public void Warns_of_a_file_that_everybody_may_write()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "name: a\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite | UnixFileMode.OtherRead);
            var loader = new ConfigurationLoader();
            loader.AddFile(path);
            Assert.EndsWith(": everybody may write this file, and so change what this box does; chmod o-w", Assert.Single(loader.Warnings).ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Data_and_logs_lie_below_home_unless_they_have_a_place()
    {
        ConfigurationLoader loader = Loaded.Files("path.home: /opt/x\npath.logs: /var/log/x\n");
        loader.Check();
        Assert.Equal("/opt/x/data", loader.Options.DataPath);
        Assert.Equal("/var/log/x", loader.Options.LogsPath);
    }

    [Theory]
    [InlineData("packetbeat-shipped.yml")]
    [InlineData("packetbeat-reference.yml")]
    public void Takes_what_packetbeat_ships_with_warnings_only(string name)
    {
        string path = SharedReference.PathOf(name);
        var loader = new ConfigurationLoader();
        loader.AddFile(path);

        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.NotEmpty(loader.Warnings);
        Assert.Equal([443, 993, 995, 5223, 8443, 8883, 9243], loader.Options.Pipeline.Ports);
        Assert.Equal(["private"], loader.Options.Events.InternalNetworks);
    }

    [Fact]
    public void Tells_everything_that_is_wrong_at_once()
    {
        ConfigurationLoader loader = Loaded.Files("nam: x\ntags: {a: b}\n", "tls_appliance.layout: new\n");
        loader.AddSetting("tls.ports=[0]");
        Assert.Equal(
            [
                "a.yml:1:1: nam: unknown option; did you mean name?",
                "a.yml:2:7: tags: expected a text or a list of texts of at most 256 characters, found a section",
                "b.yml:1:23: tls_appliance.layout: expected one of classic, ecs, found \"new\"",
                "-E packetbeat.protocols.tls.ports: expected a list of ports from 1 to 65535, such as [443, 8443], found \"0\"",
            ],
            Loaded.Lines(loader.Errors));
    }
}
