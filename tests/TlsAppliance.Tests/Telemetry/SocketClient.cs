using System.Net.Sockets;

namespace TlsAppliance.Tests.Telemetry;

/// <summary>A client of the endpoint on a socket in the file system.</summary>
internal static class SocketClient
{
    /// <summary>Every connection is a new one, so that an answer never comes from a server that is gone.</summary>
    public static HttpClient To(string socket) => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
    });
}
