using System.Globalization;
using System.Text.Json;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

/// <summary>Compares facts with a certificate object as Packetbeat writes it.</summary>
internal static class PacketbeatCertificate
{
    /// <summary>Every field that is expected; others may be there.</summary>
    internal static void AssertFields(JsonElement expected, CertificateFacts facts)
    {
        foreach (JsonProperty field in expected.EnumerateObject())
        {
            switch (field.Name)
            {
                case "subject":
                    AssertName(field.Value, facts.Subject);
                    break;
                case "issuer":
                    AssertName(field.Value, facts.Issuer);
                    break;
                case "alternative_names":
                    Assert.Equal(field.Value.EnumerateArray().Select(name => name.GetString()), facts.AlternativeNames);
                    break;
                default:
                    Assert.Equal(field.Value.ToString(), Text(field.Name, facts));
                    break;
            }
        }
    }

    /// <summary>As Packetbeat up to 9.5 prints it.</summary>
    private static string? Text(string field, CertificateFacts facts) => field switch
    {
        "version_number" => facts.Version.ToString(CultureInfo.InvariantCulture),
        "serial_number" => Convert.ToHexString(facts.SerialNumber.Span).TrimStart('0'),
        "signature_algorithm" => facts.SignatureAlgorithmIsKnownToPacketbeat ? facts.SignatureAlgorithm : "0",
        "public_key_algorithm" => facts.PublicKeyAlgorithm,
        "public_key_size" => facts.PublicKeySize?.ToString(CultureInfo.InvariantCulture),
        "not_before" => Date(facts.NotBefore),
        "not_after" => Date(facts.NotAfter),
        _ => throw new InvalidOperationException("A field without a comparison: " + field),
    };

    private static string? Date(long? seconds) =>
        seconds is { } value ? $"{DateTimeOffset.FromUnixTimeSeconds(value):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}" : null;

    private static void AssertName(JsonElement expected, DistinguishedName name)
    {
        var actual = new Dictionary<string, string?>
        {
            ["country"] = name.Country,
            ["organization"] = name.Organization,
            ["organizational_unit"] = name.OrganizationalUnit,
            ["locality"] = name.Locality,
            ["postal_code"] = name.PostalCode,
            ["street_address"] = name.StreetAddress,
            ["state_or_province"] = name.StateOrProvince,
            ["common_name"] = name.CommonName,
            ["serial_number"] = name.SerialNumber,
            ["distinguished_name"] = name.Text,
        };
        foreach (JsonProperty field in expected.EnumerateObject())
        {
            Assert.Equal(field.Value.GetString(), actual[field.Name]);
        }
    }
}
