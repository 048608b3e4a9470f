using System.Net.Sockets;

namespace TlsAppliance.Telemetry;

/// <summary>A socket in the file system on which the endpoint listens.</summary>
/// <param name="Path">Where it is.</param>
internal sealed record StatusSocket(string Path)
{
    /// <summary>Whoever may write to it may connect.</summary>
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Takes away what a process that was killed has left there. A socket on which somebody listens stays, as does any other file: listening fails then.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no place for it; the system says the like in other words.</exception>
    public void Clear()
    {
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            throw new DirectoryNotFoundException("no such directory");
        }

        if (File.Exists(Path) && IsSocket() && !HasListener())
        {
            File.Delete(Path);
        }
    }

    /// <summary>Until then, by the usual umask, nobody but the owner can connect.</summary>
    public void Restrict()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, Mode);
        }
    }

    /// <summary>A socket is the one kind of file here that nobody can open (ENXIO, open(2)).</summary>
    private bool IsSocket()
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(Path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool HasListener()
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(Path));
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
