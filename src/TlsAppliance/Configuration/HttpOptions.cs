namespace TlsAppliance.Configuration;

/// <summary>The endpoint for metrics and health.</summary>
internal sealed record HttpOptions
{
    public bool Enabled { get; init; }

    /// <summary><c>localhost</c> or an address of this host.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; } = 5066;
}
