namespace TlsAppliance.Tls.Certificates;

/// <summary>What a <see cref="CertificateCache"/> did so far and holds now.</summary>
public readonly record struct CertificateCacheCounters(long Hits, long Misses, long Evictions, int Entries, long Bytes);
