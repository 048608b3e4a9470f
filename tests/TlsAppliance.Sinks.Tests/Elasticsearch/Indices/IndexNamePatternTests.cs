using TlsAppliance.Events;
using TlsAppliance.Sinks.Elasticsearch.Indices;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Indices;

public class IndexNamePatternTests
{
    private static readonly Dictionary<string, string> Fields = new() { ["agent.version"] = "0.1.0-RC" };

    private static long At(int year, int month, int day, int hour = 0) =>
        (new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * 100;

    [Theory]
    [InlineData(IndexNamePattern.Daily, "tls-appliance-classic-2026.11.28")]
    [InlineData(IndexNamePattern.Yearly, "tls-appliance-classic-2026")]
    [InlineData("logs-tls_appliance-default", "logs-tls_appliance-default")]
    [InlineData("packetbeat-%{[agent.version]}-%{+yyyy.MM.dd}", "packetbeat-0.1.0-rc-2026.11.28")]
    [InlineData("a-%{+yy-MM}-%{+HH}", "a-26-11-23")]
    [InlineData("a-%{+xxxx.ww}", "a-2026.48")]
    public void Names_an_index_by_the_start_of_the_session(string pattern, string name) =>
        Assert.Equal(name, IndexNamePattern.Parse(pattern, Fields).For(EventLayout.Classic, At(2026, 11, 28, 23)));

    [Fact]
    public void Names_the_layout_of_the_event_at_hand() =>
        Assert.Equal("tls-appliance-ecs-2026", IndexNamePattern.Parse(IndexNamePattern.Yearly, Fields).For(EventLayout.Ecs, At(2026, 11, 28)));

    [Fact]
    public void A_session_before_1970_has_the_day_that_it_began()
    {
        var pattern = IndexNamePattern.Parse(IndexNamePattern.Daily, Fields);
        Assert.Equal("tls-appliance-classic-1969.12.31", pattern.For(EventLayout.Classic, -1));
        Assert.Equal("tls-appliance-classic-1970.01.01", pattern.For(EventLayout.Classic, 0));
    }

    [Theory]
    [InlineData(long.MinValue, "tls-appliance-classic-1677")]
    [InlineData(long.MaxValue, "tls-appliance-classic-2262")]
    public void Any_time_that_an_event_can_have_gives_a_name(long timestamp, string name) =>
        Assert.Equal(name, IndexNamePattern.Parse(IndexNamePattern.Yearly, Fields).For(EventLayout.Classic, timestamp));

    [Theory]
    [InlineData(IndexNamePattern.Daily, 24)]
    [InlineData("a-%{+HH}", 1)]
    public void Says_for_how_long_a_name_holds(string pattern, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), IndexNamePattern.Parse(pattern, Fields).Period);

    [Fact]
    public void A_name_without_a_date_holds_for_ever() => Assert.Equal(TimeSpan.MaxValue, IndexNamePattern.Parse("a", Fields).Period);

    [Fact]
    public void Knows_what_a_template_has_to_match() =>
        Assert.Equal("tls-appliance-ecs-*", IndexNamePattern.Parse(IndexNamePattern.Daily, Fields).WildcardFor(EventLayout.Ecs));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a-%{+yyyy", "%{ without }")]
    [InlineData("a-%{host}", "neither %{[field]} nor %{+date}")]
    [InlineData("a-%{[host.name]}", "there are tls_appliance.layout, agent.version")]
    [InlineData("a-%{+yyyy.EEE}", "there are yyyy, yy, xxxx, MM, dd, ww, HH")]
    [InlineData("Upper", "not in lower case")]
    [InlineData("a b", "has \" \" in it")]
    [InlineData("a:b", "has \":\" in it")]
    [InlineData("_a", "begins with \"_\"")]
    [InlineData("..", "is a directory")]
    public void Says_what_is_wrong_with_a_pattern(string pattern, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => IndexNamePattern.Parse(pattern, Fields)).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_name_that_is_too_long() =>
        Assert.Contains("longer than 255 bytes", Assert.Throws<FormatException>(() => IndexNamePattern.Parse(new string('a', 256), Fields)).Message, StringComparison.Ordinal);
}
