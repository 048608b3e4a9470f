using TlsAppliance.Configuration;
using TlsAppliance.Events;
using TlsAppliance.Events.Processing;

namespace TlsAppliance.Tests.Configuration.Processors;

public class ProcessorReaderTests
{
    [Fact]
    public void Reads_what_beats_documents()
    {
        ConfigurationLoader loader = Loaded.Files(
            """
            processors:
            - add_fields: {target: project, fields: {name: x, id.number: 7}}
            - add_fields.fields: {a: true}
            - add_labels: {labels: {site: hq}}
            - add_tags: {tags: [web, production], target: environment}
            - drop_fields: {fields: [client.bytes, "server.bytes"], ignore_missing: true}
            - include_fields.fields: tls
            - drop_event.when.equals.client.port: 80
            - community_id: {seed: 7}
            """);
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Empty(Loaded.Lines(loader.Warnings));

        EventOptions events = loader.Options.ToPipelineOptions().Events;
        Assert.Equal(7, events.CommunityIdSeed);
        Assert.Equal(7, events.Processors.Count);
        Assert.Equal(7L, Assert.IsType<EventProcessor.AddFields>(events.Processors[0]).Values["project.id.number"]);
        Assert.Equal(true, Assert.IsType<EventProcessor.AddFields>(events.Processors[1]).Values["fields.a"]);
        Assert.Equal("hq", Assert.IsType<EventProcessor.AddFields>(events.Processors[2]).Values["labels.site"]);
        Assert.Equal("environment", Assert.IsType<EventProcessor.AddTags>(events.Processors[3]).Path);
        Assert.Equal(["client.bytes", "server.bytes"], Assert.IsType<EventProcessor.DropFields>(events.Processors[4]).Paths);
        Assert.Equal(["tls"], Assert.IsType<EventProcessor.IncludeFields>(events.Processors[5]).Paths);
        EventProcessor drop = Assert.IsType<EventProcessor.DropEvent>(events.Processors[6]);
        Assert.Equal(new EventCondition.EqualTo("client.port", 80L), drop.When);
    }

    [Fact]
    public void Reads_conditions_and_branches_dotted_and_nested()
    {
        ConfigurationLoader loader = Loaded.Files(
            """
            processors:
            - if.contains.tags: forwarded
              then:
              - drop_fields.fields: [host]
              else:
              - add_tags.tags: [here]
            - drop_event:
                when:
                  or:
                  - range: {server.port: {gte: 1, lt: 1024}}
                  - range.server.port.gt: 60000
                  - and:
                    - not.network.client.ip: [private, 2001:db8::/32]
                    - regexp: {tls.client.server_name: '\.internal$'}
                    - has_fields: [tls.client.ja4]
            """);
        Assert.Empty(Loaded.Lines(loader.Errors));
        EventProcessor.Branch branch = Assert.IsType<EventProcessor.Branch>(loader.Options.Processors.Steps[0]);
        Assert.Equal(new EventCondition.Containing("tags", "forwarded"), branch.If);
        Assert.Single(branch.Then);
        Assert.Single(branch.Else);
        EventCondition.AnyOf any = Assert.IsType<EventCondition.AnyOf>(loader.Options.Processors.Steps[1].When);
        Assert.Equal(new EventCondition.InRange("server.port", 1, null, null, 1024), any.Conditions[0]);
        Assert.Equal(new EventCondition.InRange("server.port", null, 60000, null, null), any.Conditions[1]);
        Assert.Equal(3, Assert.IsType<EventCondition.AllOf>(any.Conditions[2]).Conditions.Count);
    }

    [Fact]
    public void Steps_of_the_protocol_come_before_the_general_ones()
    {
        ConfigurationLoader loader = Loaded.Files("processors: [{add_tags.tags: b}]\npacketbeat.protocols:\n- type: tls\n  processors: [{add_tags.tags: a}]\n");
        Assert.Equal(
            ["a", "b"], loader.Options.ToPipelineOptions().Events.Processors.Select(step => Assert.IsType<EventProcessor.AddTags>(step).Tags[0]));
    }

    [Fact]
    public void What_beats_has_besides_is_one_warning_each_with_its_line()
    {
        ConfigurationLoader loader = Loaded.Files("processors:\n- add_host_metadata: ~\n- add_docker_metadata\n- rename.fields: []\n");
        Assert.Empty(loader.Errors);
        Assert.Equal(
            [
                "a.yml:2:3: processors.add_host_metadata: Packetbeat's processor, not implemented here; ignored",
                "a.yml:3:3: processors.add_docker_metadata: Packetbeat's processor, not implemented here; ignored",
                "a.yml:4:3: processors.rename: Packetbeat's processor, not implemented here; ignored",
            ],
            Loaded.Lines(loader.Warnings));
    }

    [Fact]
    public void They_are_written_as_yaml_that_says_the_same()
    {
        const string Text = """processors: [{drop_event.when.equals: {tls.version: "1.0", client.port: 80, tls.resumed: true}}, {add_tags: {tags: [a, "b c"]}}]""";
        ConfigurationLoader first = Loaded.Files(Text);
        string written = first.Options.Processors.Text;
        ConfigurationLoader second = Loaded.Files("processors: " + written);
        Assert.Empty(Loaded.Lines(second.Errors));
        Assert.Equal(written, second.Options.Processors.Text);
        Assert.Contains("\"1.0\"", written, StringComparison.Ordinal);
    }
}
