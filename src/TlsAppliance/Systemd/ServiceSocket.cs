using System.Net.Sockets;
using System.Text;

namespace TlsAppliance.Systemd;

/// <summary>
/// The socket on which a service manager hears from its service (sd_notify(3)): a path, or with <c>@</c> a name in the abstract space. A message is one datagram of
/// <c>NAME=value</c> lines. Nobody listening is no reason to stop.
/// </summary>
internal sealed class ServiceSocket : IDisposable
{
    /// <summary>Where the manager says which socket.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    private const char AbstractMark = '@';

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _manager;

    private ServiceSocket(UnixDomainSocketEndPoint manager) => _manager = manager;

    /// <param name="address">Value of <see cref="Variable"/>.</param>
    /// <returns>Null when the process is nobody's service, or the address is none.</returns>
    public static ServiceSocket? Open(string? address)
    {
        if (address is not { Length: > 1 } || address[0] is not ('/' or AbstractMark))
        {
            return null;
        }

        try
        {
            return new ServiceSocket(new UnixDomainSocketEndPoint(address[0] == AbstractMark ? '\0' + address[1..] : address));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // Longer than a socket's name may be.
        }
    }

    /// <returns>False when the message did not reach the manager.</returns>
    public bool Send(string message)
    {
        try
        {
            return _socket.SendTo(Encoding.UTF8.GetBytes(message), _manager) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
