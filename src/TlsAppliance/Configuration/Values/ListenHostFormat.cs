using System.Net;
using System.Text;

namespace TlsAppliance.Configuration.Values;

/// <summary>Where a server listens: no names but one, because a name may change its address, or a socket in the file system. Packetbeat's named pipes are Windows'.</summary>
internal sealed class ListenHostFormat : TextFormat
{
    public const string Localhost = "localhost";

    private const string SocketScheme = "unix://";

    /// <summary>What the kernel takes: sockaddr_un, less the end of the text.</summary>
    private const int LongestSocket = 107;

    public override string TypeName => "host";

    public override string Expected => $"localhost, an IP address, or {SocketScheme}/PATH of at most {LongestSocket} bytes";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text == Localhost || IPAddress.TryParse(text, out _) ||
            (SocketPath(text) is { } path && path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) is > 1 and <= LongestSocket);
    }

    /// <summary>Path of the socket; null: it is an address.</summary>
    public static string? SocketPath(string host) => host.StartsWith(SocketScheme, StringComparison.Ordinal) ? host[SocketScheme.Length..] : null;
}
