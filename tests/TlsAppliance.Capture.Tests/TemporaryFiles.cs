namespace TlsAppliance.Capture.Tests;

/// <summary>A directory of its own for one test, gone with it.</summary>
public sealed class TemporaryFiles : IDisposable
{
    private static int _written;

    public string Root { get; } = Directory.CreateTempSubdirectory("capture-tests-").FullName;

    public string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    public string Write(byte[] content, string? relativePath = null)
    {
        string path = PathOf(relativePath ?? $"{Interlocked.Increment(ref _written)}.pcap");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
