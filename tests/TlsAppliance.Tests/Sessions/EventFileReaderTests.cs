using System.Text;
using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

public sealed class EventFileReaderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");
    private readonly List<string> _lines = [];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("a\n\nb\r\n \nc")]
    public void Hands_over_each_line_that_is_not_blank(string text)
    {
        Assert.Null(Read(text));
        Assert.Equal(text.Split('\n').Where(line => line.Trim().Length > 0), _lines);
    }

    [Fact]
    public void Lines_may_be_longer_than_its_buffer()
    {
        string[] lines = [new('a', 100_000), "b", new('c', 300_000)];
        Assert.Null(Read(string.Join('\n', lines)));
        Assert.Equal(lines, _lines);
    }

    [Fact]
    public void Tells_the_first_line_that_is_no_event_and_how_many_more() =>
        Assert.EndsWith(".ndjson:2: not an event, nor are 1 more lines; all others were read", Read("a\n!\nb\n!\n"), StringComparison.Ordinal);

    [Fact]
    public void A_line_without_end_is_skipped_in_bounded_memory()
    {
        Assert.EndsWith(".ndjson:2: not an event; all others were read", Read("a\n" + new string('x', 40 << 20) + "\nb\n"), StringComparison.Ordinal);
        Assert.Equal(["a", "b"], _lines);
    }

    [Fact]
    public void Tells_a_file_that_is_missing() =>
        Assert.StartsWith("cannot read none.ndjson: ", new EventFileReader("none.ndjson").Read(_ => true), StringComparison.Ordinal);

    private string? Read(string text)
    {
        string path = Path.Combine(_directory.FullName, "e.ndjson");
        File.WriteAllText(path, text);
        return new EventFileReader(path).Read(line =>
        {
            string content = Encoding.UTF8.GetString(line.Span);
            if (content != "!")
            {
                _lines.Add(content);
            }

            return content != "!";
        });
    }
}
