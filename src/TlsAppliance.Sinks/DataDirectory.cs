using System.Globalization;
using System.Text;

namespace TlsAppliance.Sinks;

/// <summary>
/// The part of <c>path.data</c> that one process has for itself: <c>path.data/live</c> for a live box, <c>path.data/replay</c> for a replay, so that the two do not
/// meet on one machine. Held by a lock on the file <c>lock</c> in it, which the operating system lets go of however the process ends.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockName = "lock";

    /// <summary>EWOULDBLOCK, as .NET hands it on when another process has the lock.</summary>
    private const int WouldBlock = 11;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>The directory, which exists.</summary>
    public string Path { get; }

    /// <summary>A directory of the disk queue's below this one.</summary>
    public string QueuePath => System.IO.Path.Combine(Path, "diskqueue");

    /// <summary>Where the dead letters lie below this one.</summary>
    public string DeadLettersPath => System.IO.Path.Combine(Path, "dead-letters");

    /// <summary>Takes the directory, which is made when missing, for its owner alone.</summary>
    /// <param name="dataPath"><c>path.data</c>.</param>
    /// <param name="role">The kind of process: <c>live</c> or <c>replay</c>.</param>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    /// <exception cref="OutputException">It cannot be made or locked.</exception>
    public static DataDirectory Take(string dataPath, string role)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(dataPath, role));
        string lockPath = System.IO.Path.Combine(path, LockName);
        try
        {
            OwnedFiles.MakeDirectory(path);
            FileStream file = OwnedFiles.Open(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WriteOwner(file);
            return new DataDirectory(path, file);
        }
        catch (IOException failure) when (failure.HResult == WouldBlock)
        {
            throw new DataDirectoryInUseException(path, ReadOwner(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(lockPath, failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>The lock tells who holds the directory; this tells the operator. In a file of its own, because the locked one cannot be read.</summary>
    private static void WriteOwner(FileStream file)
    {
        byte[] owner = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        using FileStream told = OwnedFiles.Open(file.Name + ".pid", FileMode.Create, FileAccess.Write, FileShare.Read);
        told.Write(owner);
    }

    private static int? ReadOwner(string path)
    {
        try
        {
            string text = File.ReadAllText(System.IO.Path.Combine(path, LockName + ".pid")).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int owner) ? owner : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
