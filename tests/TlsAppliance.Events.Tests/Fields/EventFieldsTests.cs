using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Tests.Fields;

public class EventFieldsTests
{
    public static TheoryData<EventLayout> Layouts => [EventLayout.Classic, EventLayout.Ecs];

    [Fact]
    public void Every_row_stands_at_its_index() => Assert.All(EventFields.All, (field, index) => Assert.Equal(index, field.Index));

    [Fact]
    public void Every_row_has_a_path_and_says_what_it_is() => Assert.All(EventFields.All, field =>
    {
        Assert.True(field.Ecs is not null || field.Classic is not null);
        Assert.NotEmpty(field.Presence);
        Assert.NotEmpty(field.Meaning);
    });

    [Theory]
    [MemberData(nameof(Layouts))]
    public void No_path_is_there_twice_or_below_another(EventLayout layout)
    {
        string[] paths = [.. EventFields.All.Select(field => field.Path(layout)).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Equal(paths.Distinct(), paths);
        Assert.DoesNotContain(paths, path => paths.Any(other => other.StartsWith(path + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_we_add_stands_in_a_name_space_of_its_own_or_is_ECS()
    {
        string[] ecs = ["event.id", ".bytes", ".packets", "network.vlan.id", "network.inner.vlan.id", "observer.", "tls.curve", "public_key_curve", "public_key_exponent", ".geo.", ".as."];
        Assert.All(EventFields.All.Where(field => field.Origin == FieldOrigin.Ours), field =>
            Assert.True(field.Ecs!.StartsWith("tls_appliance.", StringComparison.Ordinal) || field.Ecs == "tls.client.ja4"
                || ecs.Any(name => field.Ecs.Contains(name, StringComparison.Ordinal)), field.Ecs));
    }
}
