namespace TlsAppliance.Corpus.Tests.Facts;

/// <summary>One certificate of a chain, lower-case hexadecimal digits.</summary>
internal sealed record CertificateDigests(string Serial, string Sha1, string Sha256);
