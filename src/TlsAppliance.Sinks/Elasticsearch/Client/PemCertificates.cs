using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Certificates and keys as the configuration gives them: the name of a PEM file, or the PEM text itself.</summary>
internal static class PemCertificates
{
    private const string PemStart = "-----BEGIN ";

    /// <exception cref="ElasticsearchOptionsException">A file is missing, unreadable or has no certificate.</exception>
    public static X509Certificate2Collection LoadAuthorities(IReadOnlyList<string> sources)
    {
        var authorities = new X509Certificate2Collection();
        foreach (string source in sources)
        {
            int before = authorities.Count;
            Try(source, () => authorities.ImportFromPem(TextOf(source)));
            if (authorities.Count == before)
            {
                throw new ElasticsearchOptionsException($"{NameOf(source)} has no certificate");
            }
        }

        return authorities;
    }

    /// <summary>The certificate with its key, and the certificates behind it in the same file.</summary>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain)? LoadOwn(ElasticsearchTlsOptions options)
    {
        if (options.Certificate.Length == 0)
        {
            return null;
        }

        string key = options.Key.Length > 0 ? options.Key : options.Certificate;
        X509Certificate2? certificate = null;
        var chain = new X509Certificate2Collection();
        Try(options.Certificate, () => chain.ImportFromPem(TextOf(options.Certificate)));
        if (chain.Count == 0)
        {
            throw new ElasticsearchOptionsException($"{NameOf(options.Certificate)} has no certificate");
        }

        Try(key, () => certificate = options.KeyPassphrase.Length > 0
            ? X509Certificate2.CreateFromEncryptedPem(TextOf(options.Certificate), TextOf(key), options.KeyPassphrase)
            : X509Certificate2.CreateFromPem(TextOf(options.Certificate), TextOf(key)));
        chain.RemoveAt(0);
        return (certificate!, chain);
    }

    private static void Try(string source, Action read)
    {
        try
        {
            read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ElasticsearchOptionsException($"{NameOf(source)}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static string TextOf(string source) => IsText(source) ? source : File.ReadAllText(source);

    private static string NameOf(string source) => IsText(source) ? "the PEM text in the configuration" : source;

    private static bool IsText(string source) => source.Contains(PemStart, StringComparison.Ordinal);
}
