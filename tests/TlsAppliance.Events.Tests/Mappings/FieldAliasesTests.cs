using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Mappings;

namespace TlsAppliance.Events.Tests.Mappings;

public class FieldAliasesTests
{
    public static TheoryData<EventLayout> Layouts => [EventLayout.Classic, EventLayout.Ecs];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_alias_leads_to_a_field_of_the_layout(EventLayout layout) =>
        Assert.Empty(FieldAliases.Of(layout).Select(alias => alias.Target).Except(Paths(layout)));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void No_alias_stands_at_a_field_or_at_an_alias_or_above_or_below_one(EventLayout layout)
    {
        string[] paths = [.. Paths(layout), .. FieldAliases.Of(layout).Select(alias => alias.Path)];
        Assert.Equal(paths.Distinct(), paths);
        HashSet<string> set = [.. paths];
        Assert.DoesNotContain(paths, path => Parents(path).Any(set.Contains));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_name_of_the_other_layout_for_the_same_value_can_be_queried(EventLayout layout)
    {
        EventLayout other = layout == EventLayout.Ecs ? EventLayout.Classic : EventLayout.Ecs;
        Dictionary<string, string> aliases = FieldAliases.Of(layout).ToDictionary(alias => alias.Path, alias => alias.Target);
        foreach (EventField field in EventFields.All.Where(field => field.Path(layout) is not null && field.Path(other) is not null && field.Ecs != field.Classic))
        {
            if (field.Path(other) != "tls.version")
            {
                Assert.Equal(field.Path(layout), aliases[field.Path(other)!]);
            }
        }
    }

    [Theory]
    [InlineData(EventLayout.Classic, "tls.established", "tls.handshake_completed")]
    [InlineData(EventLayout.Classic, "tls.client.server_name", "destination.domain")]
    [InlineData(EventLayout.Classic, "tls.client.ja3", "tls.fingerprints.ja3.hash")]
    [InlineData(EventLayout.Classic, "tls.detailed.version", "tls.version")]
    [InlineData(EventLayout.Classic, "tls.detailed.server_certificate.public_key_size", "tls.server_certificate.public_key_size")]
    [InlineData(EventLayout.Classic, "tls.server.not_after", "tls.server_certificate.not_after")]
    [InlineData(EventLayout.Ecs, "tls.handshake_completed", "tls.established")]
    [InlineData(EventLayout.Ecs, "tls.client_hello.supported_ciphers", "tls.client.supported_ciphers")]
    [InlineData(EventLayout.Ecs, "tls.server_certificate.subject.province", "tls.server.x509.subject.state_or_province")]
    [InlineData(EventLayout.Ecs, "tls.detailed.client_certificate.subject.common_name", "tls.client.x509.subject.common_name")]
    [InlineData(EventLayout.Ecs, "tls.detailed.client_certificate.subject.province", "tls.client.x509.subject.state_or_province")]
    public void Leads_from(EventLayout layout, string path, string target) => Assert.Contains(new FieldAlias(path, target), FieldAliases.Of(layout));

    private static IEnumerable<string> Paths(EventLayout layout) => EventFields.All.Select(field => field.Path(layout)).OfType<string>();

    private static IEnumerable<string> Parents(string path)
    {
        for (int dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            yield return path[..dot];
        }
    }
}
