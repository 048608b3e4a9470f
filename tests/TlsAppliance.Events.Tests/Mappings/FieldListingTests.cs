using TlsAppliance.Events.Mappings;

namespace TlsAppliance.Events.Tests.Mappings;

public class FieldListingTests
{
    [Fact]
    public void Lists_fields_with_type_and_meaning_and_then_the_aliases()
    {
        string yaml = FieldListing.ToYaml(EventLayout.Classic);
        Assert.StartsWith("- name: \"@timestamp\"\n  type: date\n  description: \"First payload of the session. There: always.\"\n", yaml, StringComparison.Ordinal);
        Assert.Contains("- name: tls.handshake_completed\n  type: boolean\n", yaml, StringComparison.Ordinal);
        Assert.Contains("- name: tls.established\n  type: alias\n  path: tls.handshake_completed\n", yaml, StringComparison.Ordinal);
    }
}
