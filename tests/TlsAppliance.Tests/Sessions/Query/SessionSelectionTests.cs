using System.Text;
using System.Text.Json;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Tests.Sessions.Query;

public class SessionSelectionTests
{
    [Fact]
    public void Keeps_the_first_in_the_order_asked_for_and_counts_all()
    {
        SessionSelection selection = Select(new SessionQuery { SortBy = SessionField.Find("bytes"), Descending = true }, 2, Event(1, "a"), Event(30, "b"), Event(4, "c"), "{}", Event(null, "d"));
        Assert.Equal(4, selection.Sessions);
        Assert.Equal(["b", "c"], Names(selection));
    }

    [Theory]
    [InlineData(false, "a c b d")]
    [InlineData(true, "b c a d")]
    public void Numbers_are_sorted_as_numbers_and_what_is_not_known_comes_last(bool descending, string names) => Assert.Equal(
        names.Split(' '),
        Names(Select(new SessionQuery { SortBy = SessionField.Find("bytes"), Descending = descending }, 9, Event(null, "d"), Event(30, "b"), Event(1, "a"), Event(4, "c"))));

    [Fact]
    public void Counts_the_values_of_a_field()
    {
        SessionSelection selection = Select(new SessionQuery { Top = SessionField.Find("sni") }, 2, Event(1, "a"), Event(1, "b"), Event(1, "b"), Event(1, null));
        Assert.Equal([new("b", 2), new("", 1)], selection.Counts);
        Assert.Equal(3, selection.DifferentValues);
    }

    [Theory]
    [InlineData("2", "b")]
    [InlineData("id-c", "c")]
    [InlineData("9", null)]
    [InlineData("id-z", null)]
    [InlineData("id", null)]
    public void Finds_one_by_its_number_or_the_beginning_of_its_id(string session, string? name)
    {
        byte[]? found = Select(new SessionQuery { Session = session }, 50, Event(1, "a"), Event(1, "b"), Event(1, "c")).Single;
        Assert.Equal(name, found is null ? null : Name(found));
    }

    private static SessionSelection Select(SessionQuery query, int maximum, params string[] events)
    {
        var selection = new SessionSelection(query, maximum);
        long time = 0;
        foreach (string document in events)
        {
            Assert.Equal(document != "{}", selection.Take(Encoding.UTF8.GetBytes(document), time++));
        }

        return selection;
    }

    private static string Event(int? bytes, string? name) =>
        $$$"""{"@timestamp":"2026-01-01T00:00:00.000Z","event":{"id":"id-{{{name}}}0"},"network":{ {{{(bytes is null ? "" : $"\"bytes\":{bytes}")}}} },"tls":{"client":{ {{{(name is null ? "" : $"\"server_name\":\"{name}\"")}}} } } }""";

    private static string[] Names(SessionSelection selection) => [.. selection.Documents.Select(Name)];

    private static string Name(byte[] document)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        return json.RootElement.GetProperty("tls").GetProperty("client").GetProperty("server_name").GetString()!;
    }
}
