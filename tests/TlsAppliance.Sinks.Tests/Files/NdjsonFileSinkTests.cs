using TlsAppliance.Sinks.Files;

namespace TlsAppliance.Sinks.Tests.Files;

public sealed class NdjsonFileSinkTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");
    private readonly Batches _batches = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Writes_whole_batches_in_their_order()
    {
        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson") });
        await sink.WriteAsync(_batches.Of("{\"n\":1}", "{\"n\":2}"), CancellationToken.None);
        await sink.WriteAsync(_batches.Of("{\"n\":3}"), CancellationToken.None);
        await sink.DisposeAsync();

        Assert.Equal("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", File.ReadAllText(sink.Path));
        Assert.Equal(2, _batches.Completed);
        Assert.Equal((2, 3, 24), (sink.Counters.Batches, sink.Counters.Events, sink.Counters.Bytes));
    }

    [Fact]
    public async Task Can_be_read_after_each_batch()
    {
        await using var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson") });
        await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None);
        await sink.FlushAsync(CancellationToken.None);

        using var reader = new StreamReader(new FileStream(sink.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("{}\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Makes_missing_directories_and_an_empty_file_when_there_is_nothing()
    {
        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("deep/er/a.ndjson") });
        await sink.DisposeAsync();
        Assert.Equal(0, new FileInfo(At("deep/er/a.ndjson")).Length);
    }

    [Fact]
    public async Task Keeps_the_file_of_an_earlier_run_and_takes_the_next_name()
    {
        File.WriteAllText(At("a.ndjson"), "earlier");
        File.WriteAllText(At("a-2.ndjson"), "earlier too");

        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson") });
        await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None);
        await sink.DisposeAsync();

        Assert.Equal(At("a-3.ndjson"), sink.Path);
        Assert.Equal("earlier", File.ReadAllText(At("a.ndjson")));
        Assert.Equal("{}\n", File.ReadAllText(sink.Path));
    }

    [Fact]
    public async Task Replaces_a_file_only_when_its_own_is_complete()
    {
        File.WriteAllText(At("a.ndjson"), "earlier");
        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson"), Replace = true });
        await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None);
        Assert.Equal("earlier", File.ReadAllText(At("a.ndjson")));

        await sink.DisposeAsync();
        await sink.DisposeAsync();

        Assert.Equal("{}\n", File.ReadAllText(At("a.ndjson")));
        Assert.Equal(["a.ndjson"], _directory.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public void Says_in_one_line_that_it_cannot_make_the_file()
    {
        File.WriteAllText(At("file"), "");
        OutputException failure = Assert.Throws<OutputException>(() => new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("file/a.ndjson") }));
        Assert.StartsWith($"cannot write {At("file/a.ndjson")}: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Takes_back_a_batch_that_did_not_fit_and_says_so()
    {
        var file = new LimitedStream(limit: 10);
        await using var sink = new NdjsonFileSink("events.ndjson", file);
        await sink.WriteAsync(_batches.Of("{\"n\":1}"), CancellationToken.None);

        OutputException failure =
            await Assert.ThrowsAsync<OutputException>(async () => await sink.WriteAsync(_batches.Of("{\"n\":2}"), CancellationToken.None));

        Assert.Equal("cannot write events.ndjson: No space left on device", failure.Message);
        Assert.Equal("{\"n\":1}\n", System.Text.Encoding.UTF8.GetString(file.ToArray()));
        Assert.Equal(1, sink.Counters.Events);
        Assert.Equal(2, _batches.Completed);
    }

    [Fact]
    public async Task A_file_that_is_given_up_leaves_the_one_that_it_was_to_replace()
    {
        File.WriteAllText(At("a.ndjson"), "of an earlier run");
        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson"), Replace = true });
        await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None);
        sink.Abandon();
        await sink.DisposeAsync();

        Assert.Equal("of an earlier run", File.ReadAllText(At("a.ndjson")));
        Assert.Single(_directory.GetFiles());
    }

    [Fact]
    public async Task A_file_of_its_own_that_is_given_up_keeps_its_events()
    {
        var sink = new NdjsonFileSink(new NdjsonFileSinkOptions { Path = At("a.ndjson") });
        await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None);
        sink.Abandon();
        Assert.Equal("{}\n", File.ReadAllText(At("a.ndjson")));
    }

    /// <summary>A disk with little room: writes what fits, then fails, as a file system does.</summary>
    private sealed class LimitedStream(int limit) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int room = Math.Min(buffer.Length, limit - (int)Position);
            base.Write(buffer[..room]);
            if (room < buffer.Length)
            {
                throw new IOException("No space left on device : 'events.ndjson'");
            }
        }
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);
}
