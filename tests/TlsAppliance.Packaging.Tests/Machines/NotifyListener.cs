using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using TlsAppliance.Testing;

namespace TlsAppliance.Packaging.Tests.Machines;

/// <summary>Hears what a service tells its manager: a socket in a folder that can be shown to another mount namespace.</summary>
internal sealed class NotifyListener : IDisposable
{
    /// <summary>For a program that starts on a machine with other things to do.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 200 };
    private readonly StringBuilder _heard = new();

    public NotifyListener()
    {
        string path = _folder.Combine("socket");
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(path, Everybody);
        File.SetUnixFileMode(_folder.Path, Everybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Folder => _folder.Path;

    /// <summary>Everything heard so far.</summary>
    public string Heard => _heard.ToString();

    /// <summary>Listens until something was heard that fits; false when the service is gone, or nothing of the kind comes.</summary>
    public bool WaitFor(string pattern, Func<bool> isGone)
    {
        byte[] message = new byte[4096];
        long start = TimeProvider.System.GetTimestamp();
        while (!Regex.IsMatch(Heard, pattern))
        {
            bool gone = isGone();
            try
            {
                _heard.AppendLine(Encoding.UTF8.GetString(message, 0, _socket.Receive(message)));
            }
            catch (SocketException silence) when (silence.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                if (gone || TimeProvider.System.GetElapsedTime(start) > s_patience)
                {
                    return false;
                }
            }
        }

        return true;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
