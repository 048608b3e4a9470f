using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of the certificates that one side sent.</summary>
public sealed class PeerCertificateFields
{
    internal PeerCertificateFields(string side)
    {
        string presence = $"{side} certificate";
        Subject = EventFields.Define($"tls.{side}.subject", null, Keyword, presence, "Subject of the first certificate in one line.");
        Issuer = EventFields.Define($"tls.{side}.issuer", null, Keyword, presence, "Issuer of the first certificate in one line.");
        NotBefore = EventFields.Define($"tls.{side}.not_before", null, Date, presence, "Begin of the validity of the first certificate.");
        NotAfter = EventFields.Define($"tls.{side}.not_after", null, Date, presence, "End of the validity of the first certificate.");
        Md5 = Digest(side, "md5", FieldConditions.Md5);
        Sha1 = Digest(side, "sha1", FieldConditions.Sha1);
        Sha256 = Digest(side, "sha256", FieldConditions.Sha256);
        First = new CertificateFields($"tls.{side}.x509", $"tls.{side}_certificate", presence);
        Chain = new CertificateFields($"tls.detailed.{side}_certificate_chain", $"tls.{side}_certificate_chain", "further certificates");
        RawChain = EventFields.Define(
            $"tls.{side}.certificate_chain", null, Keyword, presence, "All certificates in PEM form.", conditions: FieldConditions.RawCertificates);
    }

    public EventField Subject { get; }

    public EventField Issuer { get; }

    public EventField NotBefore { get; }

    public EventField NotAfter { get; }

    public EventField Md5 { get; }

    public EventField Sha1 { get; }

    public EventField Sha256 { get; }

    public CertificateFields First { get; }

    /// <summary>The second and further certificates.</summary>
    public CertificateFields Chain { get; }

    /// <summary>ECS layout only.</summary>
    public EventField RawChain { get; }

    private static EventField Digest(string side, string name, FieldConditions condition) => EventFields.Both(
        $"tls.{side}.hash.{name}", Keyword, $"{side} certificate", "Digest of the first certificate, upper-case hexadecimal digits.", AddedToClassic, condition);
}
