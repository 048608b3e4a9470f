using System.Text;
using TlsAppliance.Sinks.Streams;

namespace TlsAppliance.Sinks.Tests.Streams;

public class StandardOutputSinkTests
{
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;

    private readonly Batches _batches = new();

    [Fact]
    public async Task Writes_each_document_on_its_line_and_nothing_else()
    {
        var output = new MemoryStream();
        await using var sink = new StandardOutputSink(output);

        await sink.WriteAsync(_batches.Of("{\"a\":1}", "{\"b\":2}"), CancellationToken.None);
        await sink.FlushAsync(CancellationToken.None);

        Assert.Equal("{\"a\":1}\n{\"b\":2}\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(2, sink.Counters.Events);
        Assert.Equal(1, _batches.Completed);
    }

    [Fact]
    public async Task Leaves_the_stream_open()
    {
        var output = new MemoryStream();
        await new StandardOutputSink(output).DisposeAsync();
        Assert.True(output.CanWrite);
    }

    [Fact]
    public async Task Tells_a_reader_that_left()
    {
        await using var sink = new StandardOutputSink(new FullStream("Broken pipe", BrokenPipe));
        OutputException failure = await Assert.ThrowsAsync<OutputException>(async () => await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None));
        Assert.True(failure.ReaderIsGone);
    }

    [Fact]
    public async Task Tells_a_full_disk_and_counts_nothing_as_delivered()
    {
        await using var sink = new StandardOutputSink(new FullStream("No space left on device : 'x'", NoSpace));
        OutputException failure = await Assert.ThrowsAsync<OutputException>(async () => await sink.WriteAsync(_batches.Of("{}"), CancellationToken.None));

        Assert.False(failure.ReaderIsGone);
        Assert.Equal("cannot write standard output: No space left on device", failure.Message);
        Assert.Equal(0, sink.Counters.Events);
        Assert.Equal(1, _batches.Completed);
    }

    [Fact]
    public async Task Tells_a_failure_that_shows_only_when_flushing()
    {
        await using var sink = new StandardOutputSink(new FullStream("No space left on device", NoSpace));
        await Assert.ThrowsAsync<OutputException>(async () => await sink.FlushAsync(CancellationToken.None));
    }
}
