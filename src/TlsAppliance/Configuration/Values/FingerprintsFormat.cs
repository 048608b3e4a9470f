using TlsAppliance.Events;

namespace TlsAppliance.Configuration.Values;

/// <summary>A list of digests, with Packetbeat's two spellings of each.</summary>
internal sealed class FingerprintsFormat : ValueFormat<CertificateFingerprints>
{
    private static readonly ChoiceFormat<CertificateFingerprints> s_digest = new(
        ("md5", CertificateFingerprints.Md5),
        ("sha1", CertificateFingerprints.Sha1),
        ("sha-1", CertificateFingerprints.Sha1),
        ("sha256", CertificateFingerprints.Sha256),
        ("sha-256", CertificateFingerprints.Sha256));

    private static readonly ListFormat<CertificateFingerprints> s_list = new(s_digest, "list of enum", "");

    public override string TypeName => s_list.TypeName;

    public override string Expected => "a list of md5, sha1, sha256";

    public override bool TryRead(ConfigurationNode node, out CertificateFingerprints value, out ConfigurationNode wrong)
    {
        value = CertificateFingerprints.None;
        if (!s_list.TryRead(node, out IReadOnlyList<CertificateFingerprints> digests, out wrong))
        {
            return false;
        }

        value = digests.Aggregate(CertificateFingerprints.None, (all, digest) => all | digest);
        return true;
    }

    public override string Write(CertificateFingerprints value) => s_list.Write(
        [.. Enum.GetValues<CertificateFingerprints>().Where(digest => digest != CertificateFingerprints.None && value.HasFlag(digest))]);
}
