using System.Globalization;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Files;

public sealed class FileReserveTests : IDisposable
{
    private const int EventsPerBatch = 512, BytesPerEvent = 1000;

    /// <summary>What a file system may take beyond the bytes of a file: its unit, and what it knows of the file.</summary>
    private const long Overhead = 256 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly Batches _batches = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_grows_is_as_long_as_its_events_and_leaves_nothing_set_aside()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nothing is set aside elsewhere.");
        string path = _folder.Combine("a.ndjson");
        await using (var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = path }))
        {
            for (int batch = 0; new FileInfo(path).Length < 3 * FileReserve.FirstBytes; batch++)
            {
                await sink.WriteAsync(_batches.Numbered((batch * EventsPerBatch) + 1, EventsPerBatch, padding: BytesPerEvent), TestContext.Current.CancellationToken);
                Assert.Equal(sink.Counters.Bytes, new FileInfo(path).Length);
            }
        }

        Assert.EndsWith("}\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.InRange(BytesOnDisk(path), 0, new FileInfo(path).Length + Overhead);
    }

    [Fact]
    public async Task While_a_file_grows_places_on_the_disk_are_set_aside_for_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nothing is set aside elsewhere.");
        string probe = _folder.Combine("probe");
        File.WriteAllBytes(probe, []);
        Assert.SkipUnless(ToolProcess.Run("fallocate", ["--keep-size", "--length", "1MiB", probe]).ExitCode == 0, "This file system sets nothing aside.");
        string path = _folder.Combine("a.ndjson");
        await using var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = path });
        for (int batch = 0; new FileInfo(path).Length <= 2 * FileReserve.FirstBytes; batch++)
        {
            await sink.WriteAsync(_batches.Numbered((batch * EventsPerBatch) + 1, EventsPerBatch, padding: BytesPerEvent), TestContext.Current.CancellationToken);
        }

        Assert.InRange(BytesOnDisk(path), FileReserve.PieceBytes, long.MaxValue);
    }

    [Fact]
    public async Task Each_file_of_a_rotation_gives_back_what_it_does_not_need()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nothing is set aside elsewhere.");
        await using (var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = _folder.Combine("a.ndjson"), RotateBytes = 2 * FileReserve.FirstBytes }))
        {
            for (int batch = 0; sink.Counters.Bytes < 7 * FileReserve.FirstBytes; batch++)
            {
                await sink.WriteAsync(_batches.Numbered((batch * EventsPerBatch) + 1, EventsPerBatch, padding: BytesPerEvent), TestContext.Current.CancellationToken);
            }
        }

        string[] files = Directory.GetFiles(_folder.Path);
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.InRange(BytesOnDisk(file), 0, new FileInfo(file).Length + Overhead));
    }

    private static long BytesOnDisk(string path) => long.Parse(ToolProcess.Run("stat", ["--format", "%b", path]).Output, CultureInfo.InvariantCulture) * 512;
}
