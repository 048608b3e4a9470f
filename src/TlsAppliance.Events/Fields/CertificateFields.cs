using static TlsAppliance.Events.Fields.FieldConditions;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of one certificate object (RFC 5280 §4.1): the first certificate of a side, or an entry of its chain.</summary>
public sealed class CertificateFields
{
    private readonly string _ecs;
    private readonly string _classic;
    private readonly string _presence;

    internal CertificateFields(string ecs, string classic, string presence)
    {
        (_ecs, _classic, _presence) = (ecs, classic, presence);
        Version = Row("version_number", "version", Keyword, "1, 2 or 3; a number that is indexed as a keyword, as Packetbeat does.");
        SerialNumber = Row("serial_number", "serial_number", Keyword, "ecs: upper-case hexadecimal digits of whole bytes; classic: decimal.");
        SignatureAlgorithm = Row("signature_algorithm", "signature_algorithm", Keyword, "`SHA256-RSA` …");
        PublicKeyAlgorithm = Row("public_key_algorithm", "public_key_algorithm", Keyword, "`RSA`, `ECDSA` …");
        PublicKeySize = Row("public_key_size", "public_key_size", Long, "Bits.");
        PublicKeyCurve = Added("public_key_curve", Keyword, "Curve of an EC key.");
        PublicKeyExponent = Added("public_key_exponent", Long, "Exponent of an RSA key.");
        NotBefore = Row("not_before", "not_before", Date, "Begin of the validity.");
        NotAfter = Row("not_after", "not_after", Date, "End of the validity.");
        AlternativeNames = Row("alternative_names", "alternative_names", Keyword, "DNS names, then e-mail addresses, then IP addresses.");
        Issuer = new NameFields($"{ecs}.issuer", $"{classic}.issuer", presence);
        Subject = new NameFields($"{ecs}.subject", $"{classic}.subject", presence);
        Raw = EventFields.Define(null, $"{classic}.raw", Keyword, presence, "The certificate in PEM form.", Packetbeat, Detailed | Certificates | RawCertificates);
    }

    public EventField Version { get; }

    public EventField SerialNumber { get; }

    public EventField SignatureAlgorithm { get; }

    public EventField PublicKeyAlgorithm { get; }

    public EventField PublicKeySize { get; }

    public EventField PublicKeyCurve { get; }

    public EventField PublicKeyExponent { get; }

    public EventField NotBefore { get; }

    public EventField NotAfter { get; }

    public EventField AlternativeNames { get; }

    public NameFields Issuer { get; }

    public NameFields Subject { get; }

    /// <summary>Classic layout only.</summary>
    public EventField Raw { get; }

    private EventField Row(string ecs, string classic, FieldType type, string meaning) =>
        EventFields.Define($"{_ecs}.{ecs}", $"{_classic}.{classic}", type, _presence, meaning, Packetbeat, Detailed | Certificates);

    /// <summary>ECS has the field, Packetbeat never sets it; the classic objects stay as the user's document shows them.</summary>
    private EventField Added(string name, FieldType type, string meaning) =>
        EventFields.Define($"{_ecs}.{name}", null, type, _presence, meaning, Ours, Detailed | Certificates);
}
