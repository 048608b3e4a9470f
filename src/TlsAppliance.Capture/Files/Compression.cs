namespace TlsAppliance.Capture.Files;

/// <summary>How an input is compressed, told by its first bytes and never by its name.</summary>
internal enum Compression
{
    None,
    Gzip,
    Zstandard,
    Lz4,
}
