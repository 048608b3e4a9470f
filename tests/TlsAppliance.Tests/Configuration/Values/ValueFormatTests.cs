using TlsAppliance.Configuration;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Tests.Configuration.Values;

public class ValueFormatTests
{
    private static readonly DurationFormat s_duration = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
    private static readonly BytesFormat s_bytes = new(1024, 1L << 30);
    private static readonly IntegerFormat s_integer = new(1, 100);

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("7", 7_000)]
    [InlineData("0.25", 250)]
    [InlineData("1000us", 1)]
    [InlineData("24h", 86_400_000)]
    public void Reads_durations(string text, int milliseconds)
    {
        Assert.True(s_duration.TryParse(text, out TimeSpan value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10x")]
    [InlineData("10 s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("25h")]
    [InlineData("1..5s")]
    [InlineData("99999999999999999999h")]
    [InlineData("NaN")]
    [InlineData("1s2")]
    public void Refuses_what_is_no_duration_in_range(string text) => Assert.False(s_duration.TryParse(text, out _));

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("64KiB", 65_536)]
    [InlineData("64 KB", 64_000)]
    [InlineData("1.5MiB", 1_572_864)]
    [InlineData("1gib", 1_073_741_824)]
    [InlineData("2000B", 2_000)]
    public void Reads_sizes(string text, long bytes)
    {
        Assert.True(s_bytes.TryParse(text, out long value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("1023")]
    [InlineData("2GiB")]
    [InlineData("-5KiB")]
    [InlineData("1e6")]
    [InlineData("99999999999999999999999999GiB")]
    public void Refuses_what_is_no_size_in_range(string text) => Assert.False(s_bytes.TryParse(text, out _));

    [Theory]
    [InlineData("1", true)]
    [InlineData("100", true)]
    [InlineData("0", false)]
    [InlineData("101", false)]
    [InlineData("1.0", false)]
    [InlineData("99999999999", false)]
    [InlineData("", false)]
    public void Reads_whole_numbers_in_range(string text, bool read) => Assert.Equal(read, s_integer.TryParse(text, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("ON", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Reads_booleans(string text, bool expected)
    {
        Assert.True(new BooleanFormat().TryParse(text, out bool value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.1.2.3/8", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("private", true)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("fd00::/129", false)]
    [InlineData("10.0.0.0/-1", false)]
    [InlineData("/8", false)]
    [InlineData("Private", false)]
    public void Reads_networks(string text, bool read) => Assert.Equal(read, new NetworkFormat().TryParse(text, out _));

    [Fact]
    public void Values_written_are_read_again()
    {
        Assert.True(s_duration.TryParse(s_duration.Write(TimeSpan.FromMilliseconds(90_061)), out TimeSpan duration));
        Assert.Equal(TimeSpan.FromMilliseconds(90_061), duration);
        Assert.True(s_bytes.TryParse(s_bytes.Write(65_536), out long bytes));
        Assert.Equal(65_536, bytes);
        Assert.Equal("\"a b: #\"", new TextFormat().Write("a b: #"));
        Assert.Equal("plain-1", new TextFormat().Write("plain-1"));
        Assert.Equal("\"true\"", new TextFormat().Write("true"));
    }

    [Fact]
    public void Every_default_in_the_registry_is_a_value_that_it_takes()
    {
        foreach (OptionDefinition option in ApplianceRegistry.Create().All)
        {
            ConfigurationNode root = YamlConfiguration.Read("default", $"x: {option.DefaultText}");
            ConfigurationNode value = ((ConfigurationNode.Section)root).Entries[0].Value;
            var options = new ApplianceOptions();

            Assert.Null(value is ConfigurationNode.Text { Value: "" } ? null : option.Apply(value, option.Key, options));
            Assert.Equal(option.DefaultText, option.ValueText(options));
        }
    }

    [Theory]
    [InlineData("0600", UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData("640", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    public void Reads_permissions(string text, UnixFileMode mode)
    {
        var format = new PermissionsFormat();
        Assert.True(format.TryParse(text, out UnixFileMode value));
        Assert.Equal(mode, value);
        Assert.Equal(text.PadLeft(4, '0'), format.Write(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("600x")]
    [InlineData("0800")]
    [InlineData("0400")]
    [InlineData("1600")]
    [InlineData("rw-------")]
    [InlineData("00600")]
    public void Refuses_permissions_that_are_none_or_lock_ourselves_out(string text) => Assert.False(new PermissionsFormat().TryParse(text, out _));
}
