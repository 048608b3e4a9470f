namespace TlsAppliance.Tls.Certificates;

/// <summary>Names of digests as Packetbeat's option <c>fingerprints</c> takes them.</summary>
public static class DigestAlgorithms
{
    /// <summary>Case does not matter; <c>sha-1</c> and <c>sha-256</c> are understood too.</summary>
    public static bool TryParse(string name, out DigestAlgorithm algorithm)
    {
        DigestAlgorithm? found = name.ToUpperInvariant() switch
        {
            "MD5" => DigestAlgorithm.Md5,
            "SHA1" or "SHA-1" => DigestAlgorithm.Sha1,
            "SHA256" or "SHA-256" => DigestAlgorithm.Sha256,
            _ => null,
        };
        algorithm = found ?? default;
        return found is not null;
    }
}
