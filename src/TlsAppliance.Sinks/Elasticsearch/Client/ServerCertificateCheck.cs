using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Decides whether the server's certificate is the right one, and remembers in words why it was not.</summary>
internal sealed class ServerCertificateCheck
{
    /// <summary>id-kp-serverAuth, RFC 5280 §4.2.1.12.</summary>
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);
    private readonly CertificateVerification _verification;
    private readonly X509Certificate2Collection _authorities;
    private readonly byte[]? _trustedFingerprint;
    private readonly byte[][] _pins;

    /// <exception cref="ElasticsearchOptionsException">An authority cannot be loaded, or the fingerprint is not one.</exception>
    public ServerCertificateCheck(ElasticsearchTlsOptions options)
    {
        _verification = options.Verification;
        _authorities = PemCertificates.LoadAuthorities(options.CertificateAuthorities);
        _trustedFingerprint = options.CaTrustedFingerprint.Length > 0 ? Fingerprint(options.CaTrustedFingerprint) : null;
        _pins = [.. options.Pins.Select(Pin)];
    }

    /// <summary>Why the last certificate of this host was refused.</summary>
    public string? RefusalOf(string host) => _refusals.GetValueOrDefault(host);

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        string host = (sender as SslStream)?.TargetHostName ?? "";
        string? refusal = Refusal(host, certificate as X509Certificate2, chain, errors);
        if (refusal is null)
        {
            _refusals.TryRemove(host, out _);
            return true;
        }

        _refusals[host] = refusal;
        return false;
    }

    private string? Refusal(string host, X509Certificate2? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (_verification == CertificateVerification.None)
        {
            return null;
        }

        if (certificate is null)
        {
            return "no certificate";
        }

        if (Untrusted(certificate, presented, errors) is { } reason)
        {
            return reason;
        }

        if (_verification == CertificateVerification.Certificate)
        {
            return null;
        }

        bool hasNames = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any();
        if (_verification == CertificateVerification.Strict && !hasNames)
        {
            return "the certificate has no subject alternative name";
        }

        // A common name counts where there is nothing else, and never beside alternative names, whatever the system's own check says.
        return certificate.MatchesHostname(host.Trim('[', ']'), allowCommonName: !hasNames) ? null : $"the certificate is not for {host} but for {NamesOf(certificate)}";
    }

    private string? Untrusted(X509Certificate2 certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        X509Certificate2Collection others = presented?.ChainPolicy.ExtraStore ?? [];
        X509Certificate2[] pinned = _trustedFingerprint is null ? [] : [.. others.Append(certificate).Where(IsPinned)];
        if (_authorities.Count == 0 && pinned.Length == 0)
        {
            return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? Reason(certificate, presented) : Unpinned(certificate, presented);
        }

        // Whom we trust need not be a root. The builder only knows roots: it makes the chain and checks it, and whether someone trusted is in it is checked here.
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(s_serverAuthentication);
        bool isTrusted = chain.Build(certificate)
            && chain.ChainElements.Any(element => _authorities.Contains(element.Certificate) || pinned.Contains(element.Certificate));
        return isTrusted ? Unpinned(certificate, chain) : Reason(certificate, chain);
    }

    private string? Unpinned(X509Certificate2 certificate, X509Chain? chain)
    {
        bool isPinned = _pins.Length == 0 || (chain is not null && chain.ChainElements.Any(element =>
            Array.Exists(_pins, pin => CryptographicOperations.FixedTimeEquals(pin, SHA256.HashData(element.Certificate.PublicKey.ExportSubjectPublicKeyInfo())))));
        return isPinned ? null : $"the certificate of {certificate.Subject} is trusted, and none of ca_sha256 is in its chain".ReplaceLineEndings(" ");
    }

    private bool IsPinned(X509Certificate2 certificate) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.RawDataMemory.Span), _trustedFingerprint);

    private static string Reason(X509Certificate2 certificate, X509Chain? chain)
    {
        string[] reasons = [.. (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim()).Distinct()];
        return $"the certificate of {certificate.Subject} is not trusted: {(reasons.Length == 0 ? "unknown issuer" : string.Join(", ", reasons))}".ReplaceLineEndings(" ");
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension[] extensions = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()];
        string[] names = [.. extensions.SelectMany(names => names.EnumerateDnsNames()), .. extensions.SelectMany(names => names.EnumerateIPAddresses()).Select(address => address.ToString())];
        return names.Length > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    private static byte[] Pin(string base64)
    {
        byte[] pin = new byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(base64, pin, out int length) && length == pin.Length
            ? pin
            : throw new ElasticsearchOptionsException($"ca_sha256 \"{base64}\" is no SHA-256 in Base64: 44 characters");
    }

    private static byte[] Fingerprint(string hex)
    {
        try
        {
            byte[] fingerprint = Convert.FromHexString(hex.Replace(":", "", StringComparison.Ordinal));
            if (fingerprint.Length == SHA256.HashSizeInBytes)
            {
                return fingerprint;
            }
        }
        catch (FormatException)
        {
        }

        throw new ElasticsearchOptionsException($"ca_trusted_fingerprint \"{hex}\" is no SHA-256 in hex: 64 digits");
    }
}
