using System.Globalization;
using System.Text;
using CsCheck;
using TlsAppliance.Events.Json;

namespace TlsAppliance.Events.Tests.Json;

public class DateTextTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(999_999, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_000_000, "1970-01-01T00:00:00.001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999Z")]
    [InlineData(951_782_400_000_000_000, "2000-02-29T00:00:00.000Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.854Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.145Z")]
    public void Writes_nanoseconds_rounded_down_to_milliseconds(long time, string expected)
    {
        byte[] text = new byte[DateText.Length];
        DateText.WriteNanoseconds(time, text);
        Assert.Equal(expected, Encoding.ASCII.GetString(text));
    }

    [Theory]
    [InlineData(-62_167_219_200, "0000-01-01T00:00:00.000Z")]
    [InlineData(253_402_300_799, "9999-12-31T23:59:59.000Z")]
    public void Writes_the_first_and_the_last_second_of_a_certificate(long seconds, string expected) => Assert.Equal(expected, Seconds(seconds));

    [Fact]
    public void Agrees_with_the_calendar_of_the_platform() => Gen.Long[-62_135_596_800, 253_402_300_799].Sample(
        seconds => Seconds(seconds) == DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        seed: "0N0XIzNsQ0O2",
        iter: 20_000);

    private static string Seconds(long seconds)
    {
        byte[] text = new byte[DateText.Length];
        DateText.WriteSeconds(seconds, 0, text);
        return Encoding.ASCII.GetString(text);
    }
}
