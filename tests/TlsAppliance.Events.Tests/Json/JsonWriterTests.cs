using System.Text;
using TlsAppliance.Events.Json;

namespace TlsAppliance.Events.Tests.Json;

public class JsonWriterTests
{
    private const string Sample = """{"a":"x","b":-9223372036854775808,"c":true,"d":{"e":"0aff","f":["1","2"]},"g":"0AFF"}""";

    [Fact]
    public void Writes_objects_lists_and_commas()
    {
        byte[] buffer = new byte[Sample.Length + 64];
        JsonWriter writer = new(buffer);
        WriteSample(ref writer);
        Assert.False(writer.Overflowed);
        Assert.Equal(Sample, Encoding.UTF8.GetString(buffer, 0, writer.Length));
    }

    [Fact]
    public void Takes_away_objects_and_lists_that_stay_empty()
    {
        byte[] buffer = new byte[64];
        JsonWriter writer = new(buffer);
        writer.Append((byte)'{');
        int outer = writer.Open(",\"a\":"u8, (byte)'{');
        int inner = writer.Open(",\"b\":"u8, (byte)'[');
        writer.Close(inner, (byte)']');
        writer.Close(outer, (byte)'}');
        int kept = writer.Open(",\"c\":"u8, (byte)'{');
        writer.Close(kept, (byte)'}', keepEmpty: true);
        int after = writer.Open(",\"d\":"u8, (byte)'[');
        writer.Close(after, (byte)']');
        writer.Append((byte)'}');
        Assert.Equal("""{"c":{}}""", Encoding.UTF8.GetString(buffer, 0, writer.Length));
    }

    [Fact]
    public void A_text_that_ends_in_a_bracket_is_no_open_object()
    {
        byte[] buffer = new byte[64];
        JsonWriter writer = new(buffer);
        writer.Append((byte)'[');
        foreach (string text in (string[])["{", "[", ""])
        {
            writer.Separate();
            writer.Text(text, 10);
        }

        writer.Append((byte)']');
        Assert.Equal("""["{","[",""]""", Encoding.UTF8.GetString(buffer, 0, writer.Length));
    }

    [Fact]
    public void Says_that_the_buffer_is_too_small_and_never_writes_beyond_it()
    {
        bool fitted = false;
        for (int size = 0; size < Sample.Length + 64; size++)
        {
            JsonWriter writer = new(new byte[size]);
            WriteSample(ref writer);
            Assert.True(writer.Length <= size);
            Assert.True(writer.Overflowed || writer.Length == Sample.Length);
            Assert.False(fitted && writer.Overflowed);
            fitted |= !writer.Overflowed;
        }

        Assert.True(fitted);
    }

    private static void WriteSample(ref JsonWriter writer)
    {
        writer.Append((byte)'{');
        writer.Name(",\"a\":"u8);
        writer.Text("x"u8, 100);
        writer.Name(",\"b\":"u8);
        writer.Number(long.MinValue);
        writer.Name(",\"c\":"u8);
        writer.Boolean(true);
        int inner = writer.Open(",\"d\":"u8, (byte)'{');
        writer.Name(",\"e\":"u8);
        writer.LowerHex([0x0A, 0xFF]);
        int list = writer.Open(",\"f\":"u8, (byte)'[');
        writer.Separate();
        writer.Text("1", 100);
        writer.Separate();
        writer.Text("2"u8, 100);
        writer.Close(list, (byte)']');
        writer.Close(inner, (byte)'}');
        writer.Name(",\"g\":"u8);
        writer.UpperHex([0x0A, 0xFF]);
        writer.Append((byte)'}');
    }
}
