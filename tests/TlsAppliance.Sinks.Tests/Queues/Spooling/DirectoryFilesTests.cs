using System.Runtime.Versioning;
using TlsAppliance.Sinks.Queues.Spooling;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

public sealed class DirectoryFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Directory_and_files_are_their_owners_alone()
    {
        string path = _folder.Combine("a", "queue");
        var files = new DirectoryFiles(path);
        files.Create("x").Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(path, "x")));
    }

    [Fact]
    public void A_missing_directory_has_no_files() => Assert.Empty(new DirectoryFiles(_folder.Combine("none")).List());

    [Fact]
    public void What_was_written_is_read_by_offset()
    {
        var files = new DirectoryFiles(_folder.Path);
        using (IQueueFile file = files.Create("x"))
        {
            file.Write([1, 2, 3, 4], 0);
            file.Write([9], 2);
            file.Sync();
            files.SyncDirectory();
            var bytes = new byte[8];
            Assert.Equal(3, file.Read(bytes, 1));
            Assert.Equal([2, 9, 4], bytes[..3]);
            file.Truncate(2);
        }

        Assert.Equal([("x", 2L)], files.List());
        Assert.Throws<IOException>(() => files.Create("x"));
        files.Delete("x");
        Assert.Throws<FileNotFoundException>(() => files.Open("x", writable: false));
    }
}
