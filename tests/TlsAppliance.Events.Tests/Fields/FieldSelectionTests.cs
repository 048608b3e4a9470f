using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Tests.Fields;

public class FieldSelectionTests
{
    private static readonly FieldSelection All = FieldSelection.From(Rendered.Ecs);

    [Fact]
    public void Includes_what_the_layout_has()
    {
        Assert.True(All.Includes(EventFields.Version));
        Assert.False(All.Includes(EventFields.ServerCertificates.First.Raw));
        FieldSelection classic = FieldSelection.From(Rendered.Classic);
        Assert.False(classic.Includes(EventFields.Version));
        Assert.True(classic.Includes(EventFields.DetailedVersion));
    }

    [Fact]
    public void Options_take_fields_away()
    {
        FieldSelection none = FieldSelection.From(Rendered.Ecs with { IncludeDetailedFields = false, Fingerprints = CertificateFingerprints.None });
        Assert.False(none.Includes(EventFields.ServerCertificates.First.Version));
        Assert.False(none.Includes(EventFields.ServerCertificates.Sha1));
        Assert.False(none.Includes(EventFields.ClientHello.Version));
        Assert.True(none.Includes(EventFields.ServerCertificates.Subject));
    }

    [Fact]
    public void Without_leaves_out_a_path_and_what_is_below_it()
    {
        FieldSelection fields = All.Without(["tls.detailed", "source.port"]);
        Assert.False(fields.Includes(EventFields.ClientHello.Version));
        Assert.False(fields.Includes(EventFields.Source.Port));
        Assert.True(fields.Includes(EventFields.Source.Address));
        Assert.True(All.Includes(EventFields.Source.Port));
    }

    [Fact]
    public void Without_does_not_mistake_a_common_beginning_for_a_parent() => Assert.True(All.Without(["tls.ver"]).Includes(EventFields.Version));

    [Fact]
    public void Only_keeps_a_path_and_what_is_below_it()
    {
        FieldSelection fields = All.Only(["tls.client", "@timestamp"]);
        Assert.True(fields.Includes(EventFields.Timestamp));
        Assert.True(fields.Includes(EventFields.ServerName));
        Assert.False(fields.Includes(EventFields.Version));
    }
}
