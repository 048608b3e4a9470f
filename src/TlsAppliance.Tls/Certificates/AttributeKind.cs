namespace TlsAppliance.Tls.Certificates;

/// <summary>The attributes of a name that have a short form, in the order in which Go puts them into its sequence, and all others before them.</summary>
internal enum AttributeKind : byte
{
    Other = 0,
    Country,
    StateOrProvince,
    Locality,
    StreetAddress,
    PostalCode,
    Organization,
    OrganizationalUnit,
    CommonName,
    SerialNumber,
}
