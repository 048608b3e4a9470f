using System.Runtime.Versioning;
using Microsoft.Extensions.Time.Testing;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Files;

public sealed class NdjsonRotationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Batches _batches = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string First => _folder.Combine("a.ndjson");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_file_gets_larger_than_it_may_and_no_event_is_cut()
    {
        await using (NdjsonFileSink sink = Open(options => options with { RotateBytes = 1000 }))
        {
            for (int i = 0; i < 20; i++)
            {
                await sink.WriteAsync(_batches.Numbered((i * 30) + 1, 30, padding: i), Token);
            }

            Assert.Equal((20, 600), (sink.Counters.Batches, sink.Counters.Events));
            Assert.Equal(sink.Counters.Bytes, Files().Sum(path => new FileInfo(path).Length));
        }

        Assert.All(Files()[..^1], path => Assert.InRange(new FileInfo(path).Length, 900, 1000));
        Assert.All(Files(), path => Assert.EndsWith("}\n", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 600).Select(i => Batches.Text(i + 1, i / 30)), Files().SelectMany(File.ReadLines));
    }

    [Fact]
    public async Task An_event_larger_than_a_file_may_be_gets_one_of_its_own()
    {
        await using (NdjsonFileSink sink = Open(options => options with { RotateBytes = 100 }))
        {
            await sink.WriteAsync(_batches.Numbered(1, 2), Token);
            await sink.WriteAsync(_batches.Numbered(3, 1, padding: 500), Token);
            await sink.WriteAsync(_batches.Numbered(4, 1), Token);
        }

        Assert.Equal([2, 1, 1], Files().Select(path => File.ReadLines(path).Count()));
    }

    [Fact]
    public async Task An_old_file_is_followed_by_another_when_there_are_events_for_it()
    {
        await using NdjsonFileSink sink = Open(options => options with { RotateInterval = TimeSpan.FromHours(1) });
        _time.Advance(TimeSpan.FromHours(5));
        await sink.WriteAsync(_batches.Numbered(1, 1), Token);
        await sink.WriteAsync(_batches.Numbered(2, 1), Token);
        _time.Advance(TimeSpan.FromMinutes(59));
        await sink.WriteAsync(_batches.Numbered(3, 1), Token);
        _time.Advance(TimeSpan.FromMinutes(61));
        await sink.WriteAsync(_batches.Numbered(4, 1), Token);
        Assert.Equal([3, 1], Files().Select(path => File.ReadLines(path).Count()));
        Assert.Equal(_folder.Combine("a-2.ndjson"), sink.Path);
    }

    [Fact]
    public async Task Of_many_files_the_newest_are_kept_and_names_are_not_used_twice()
    {
        File.WriteAllText(First, "of an earlier run");
        await using NdjsonFileSink sink = Open(options => options with { RotateBytes = 100, KeptFiles = 3 });
        for (int i = 1; i <= 60; i++)
        {
            await sink.WriteAsync(_batches.Numbered(i, 1), Token);
        }

        string[] files = Files();
        Assert.Equal(4, files.Length);
        Assert.Equal("of an earlier run", File.ReadAllText(First));
        Assert.Equal(sink.Path, files[^1]);
        Assert.Equal(Batches.Text(60), File.ReadLines(files[^1]).Last());
        Assert.Equal(Enumerable.Range(1, 60).TakeLast(files.Skip(1).SelectMany(File.ReadLines).Count()).Select(i => Batches.Text(i)), files.Skip(1).SelectMany(File.ReadLines));
    }

    [Fact]
    public async Task A_file_that_was_moved_away_is_made_anew_on_reopen()
    {
        await using NdjsonFileSink sink = Open();
        await sink.WriteAsync(_batches.Numbered(1, 1), Token);
        File.Move(First, _folder.Combine("moved"));
        await sink.WriteAsync(_batches.Numbered(2, 1), Token);
        sink.Reopen();
        await sink.WriteAsync(_batches.Numbered(3, 1), Token);
        Assert.Equal([Batches.Text(1), Batches.Text(2)], File.ReadLines(_folder.Combine("moved")));
        Assert.Equal([Batches.Text(3)], File.ReadLines(First));
    }

    [Fact]
    public async Task A_file_that_is_still_there_is_gone_on_with_on_reopen()
    {
        await using NdjsonFileSink sink = Open();
        for (int i = 1; i <= 3; i++)
        {
            await sink.WriteAsync(_batches.Numbered(i, 1), Token);
            sink.Reopen();
        }

        Assert.Equal([Batches.Text(1), Batches.Text(2), Batches.Text(3)], File.ReadLines(First));
    }

    [Fact]
    public async Task A_reopen_that_fails_is_told_in_one_line_and_the_batch_is_completed()
    {
        string directory = _folder.Combine("gone");
        await using var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = Path.Combine(directory, "a.ndjson") }, _time);
        Directory.Delete(directory, recursive: true);
        sink.Reopen();
        OutputException failure = await Assert.ThrowsAsync<OutputException>(async () => await sink.WriteAsync(_batches.Numbered(1, 1), Token));
        Assert.StartsWith("cannot write " + directory, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, _batches.Completed);
    }

    [Theory]
    [InlineData(FileSync.Never)]
    [InlineData(FileSync.OnClose)]
    [InlineData(FileSync.EveryBatch)]
    public async Task Every_sync_policy_writes_the_same(FileSync sync)
    {
        await using (NdjsonFileSink sink = Open(options => options with { Sync = sync, RotateBytes = 200 }))
        {
            await sink.WriteAsync(_batches.Numbered(1, 50), Token);
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(i => Batches.Text(i)), Files().SelectMany(File.ReadLines));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_are_their_owners_alone_unless_told_otherwise()
    {
        await using NdjsonFileSink sink = Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sink.Path));
        UnixFileMode wider = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        await using NdjsonFileSink other = Open(options => options with { Permissions = wider });
        Assert.Equal(wider, File.GetUnixFileMode(other.Path));
    }

    private NdjsonFileSink Open(Func<NdjsonFileSinkOptions, NdjsonFileSinkOptions>? change = null)
    {
        var options = new NdjsonFileSinkOptions { Path = First };
        return new NdjsonFileSink(change?.Invoke(options) ?? options, _time);
    }

    /// <summary>In the order in which they were begun.</summary>
    private string[] Files() => [.. Directory.GetFiles(_folder.Path).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)];
}
