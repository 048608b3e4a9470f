namespace TlsAppliance.Sinks.Files;

/// <summary>When a file is put on the disk for good.</summary>
public enum FileSync : byte
{
    /// <summary>When the operating system sees fit: the kill of the process loses nothing, a power cut what it had not written.</summary>
    Never,

    /// <summary>When it is closed: rotated, reopened or at the end.</summary>
    OnClose,

    /// <summary>After every batch of events.</summary>
    EveryBatch,
}
