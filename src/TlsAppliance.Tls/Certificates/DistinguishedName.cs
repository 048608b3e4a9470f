namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// A subject or issuer (RFC 5280 §4.1.2.4) with the attributes that events show. Several values of one type are joined by one space, as Packetbeat
/// does; of the common name and the serial number the last one holds.
/// </summary>
public sealed class DistinguishedName
{
    public static DistinguishedName Empty { get; } = new();

    public string? Country { get; init; }

    public string? Organization { get; init; }

    public string? OrganizationalUnit { get; init; }

    public string? Locality { get; init; }

    public string? PostalCode { get; init; }

    public string? StreetAddress { get; init; }

    public string? StateOrProvince { get; init; }

    public string? CommonName { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>The one-line form of Go's <c>pkix.Name.String()</c>; empty when there is no attribute.</summary>
    public string Text { get; init; } = "";
}
