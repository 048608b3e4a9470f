namespace TlsAppliance.Capture.Quarantine;

/// <summary>Where <see cref="QuarantineFiles"/> go, and how many there may be.</summary>
public sealed record QuarantineOptions
{
    /// <summary>Made when the first file is written.</summary>
    public string Directory { get; init; } = "quarantine";

    /// <value>100 files, those of earlier runs included; what comes later is only counted.</value>
    public int MaximumFiles { get; init; } = 100;

    /// <value>64 MiB of all files together.</value>
    public long MaximumBytes { get; init; } = 64L << 20;
}
