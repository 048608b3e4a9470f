using System.Net;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>The endpoint for metrics and health.</summary>
internal sealed record HttpOptions
{
    public bool Enabled { get; init; }

    /// <summary><c>localhost</c>, an address of this host, or <c>unix:///path</c>.</summary>
    public string Host { get; init; } = ListenHostFormat.Localhost;

    /// <summary>A socket in the file system to listen on instead of a port; null: there is none.</summary>
    public string? SocketPath => ListenHostFormat.SocketPath(Host);

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; } = 5066;

    /// <summary>What a request must carry as <c>Authorization: Bearer</c>; empty: nothing.</summary>
    public string Token { get; init; } = "";

    /// <summary>Only this machine can reach it.</summary>
    public bool IsLoopback => Host == ListenHostFormat.Localhost || SocketPath is not null || IPAddress.IsLoopback(IPAddress.Parse(Host));
}
