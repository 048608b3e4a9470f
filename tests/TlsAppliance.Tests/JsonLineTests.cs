namespace TlsAppliance.Tests;

public class JsonLineTests
{
    [Fact]
    public void Letters_stay_as_they_are_and_the_text_on_one_line() =>
        Assert.Equal("{\"name\":\"bücher.de/<ö>\\n\"}", JsonLine.Object(json => json.WriteString("name", "bücher.de/<ö>\n")));

    [Fact]
    public void An_array_holds_what_is_written_into_it() => Assert.Equal("[1,2]", JsonLine.Array(json =>
    {
        json.WriteNumberValue(1);
        json.WriteNumberValue(2);
    }));
}
