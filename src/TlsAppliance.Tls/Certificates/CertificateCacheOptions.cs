namespace TlsAppliance.Tls.Certificates;

/// <summary>Bounds of a <see cref="CertificateCache"/>.</summary>
public sealed record CertificateCacheOptions
{
    /// <value>8,192 certificates; 0 turns the cache off.</value>
    public int MaxEntries { get; init; } = 8192;

    /// <value>64 MiB of DER.</value>
    public long MaxBytes { get; init; } = 64L << 20;
}
