namespace TlsAppliance.Sinks.Queues;

/// <summary>A block of memory that documents lie in, back to back.</summary>
internal sealed class DocumentBlock(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>First free byte.</summary>
    public int Used { get; set; }

    /// <summary>Documents that are still wanted.</summary>
    public int Documents { get; set; }
}
