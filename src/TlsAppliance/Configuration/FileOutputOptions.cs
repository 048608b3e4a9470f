namespace TlsAppliance.Configuration;

/// <summary>Where <c>-o file</c> writes.</summary>
internal sealed record FileOutputOptions
{
    public bool Enabled { get; init; } = true;

    /// <value><c>events</c> below the working directory.</value>
    public string Path { get; init; } = "events";

    /// <summary>First part of the file's name; the run's start and <c>.ndjson</c> follow.</summary>
    public string Filename { get; init; } = "tls-appliance";
}
