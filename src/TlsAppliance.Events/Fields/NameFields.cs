using static TlsAppliance.Events.Fields.FieldConditions;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of one distinguished name (RFC 5280 §4.1.2.4).</summary>
public sealed class NameFields
{
    private readonly string _ecs;
    private readonly string _classic;
    private readonly string _presence;

    internal NameFields(string ecs, string classic, string presence)
    {
        (_ecs, _classic, _presence) = (ecs, classic, presence);
        Country = Row("country", "country");
        Organization = Row("organization", "organization");
        OrganizationalUnit = Row("organizational_unit", "organizational_unit");
        Locality = Row("locality", "locality");
        PostalCode = Row("postal_code", "postal_code");
        StreetAddress = Row("street_address", "street_address");
        StateOrProvince = Row("state_or_province", "province");
        CommonName = Row("common_name", "common_name");
        SerialNumber = Row("serial_number", "serial_number");
        Text = Row("distinguished_name", null);
    }

    public EventField Country { get; }

    public EventField Organization { get; }

    public EventField OrganizationalUnit { get; }

    public EventField Locality { get; }

    public EventField PostalCode { get; }

    public EventField StreetAddress { get; }

    public EventField StateOrProvince { get; }

    public EventField CommonName { get; }

    public EventField SerialNumber { get; }

    /// <summary>The whole name in one line.</summary>
    public EventField Text { get; }

    private EventField Row(string ecs, string? classic) => EventFields.Define(
        $"{_ecs}.{ecs}", classic is null ? null : $"{_classic}.{classic}", Keyword, _presence, "Part of the name.", Packetbeat, Detailed | Certificates);
}
