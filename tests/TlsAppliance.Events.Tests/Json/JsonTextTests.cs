using System.Text;
using System.Text.Json;
using CsCheck;
using TlsAppliance.Events.Json;

namespace TlsAppliance.Events.Tests.Json;

public class JsonTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("<a href='x'>&amp;</a>", "<a href='x'>&amp;</a>")]
    [InlineData("\"", "\\\"")]
    [InlineData("\\", "\\\\")]
    [InlineData("\b\f\n\r\t", "\\b\\f\\n\\r\\t")]
    [InlineData("\0\u0001\u001b\u001f", "\\u0000\\u0001\\u001b\\u001f")]
    [InlineData("\u007f", "\u007f")]
    [InlineData("grüße \u2028 \ud83d\ude00", "grüße \u2028 \ud83d\ude00")]
    public void Escapes_what_JSON_demands_and_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, Escape(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Escape(text));
    }

    [Fact]
    public void Finds_what_needs_an_escape_wherever_it_stands()
    {
        for (int value = 0; value < 256; value++)
        {
            string alone = Escape([(byte)value]);
            for (int position = 0; position < 40; position++)
            {
                byte[] text = [.. Enumerable.Repeat((byte)'a', 40)];
                text[position] = (byte)value;
                string expected = new string('a', position) + alone + new string('a', 39 - position);
                Assert.Equal(expected, Escape(text));
                Assert.Equal(expected, Escape(new string('a', position) + (value < 0x80 ? (char)value : '\ufffd') + new string('a', 39 - position)));
            }
        }
    }

    [Theory]
    [InlineData("ff", "\ufffd")]
    [InlineData("61ff62", "a\ufffdb")]
    [InlineData("c3", "\ufffd")]
    [InlineData("e282", "\ufffd\ufffd")]
    [InlineData("eda080", "\ufffd\ufffd\ufffd")]
    [InlineData("c080", "\ufffd\ufffd")]
    [InlineData("f4908080", "\ufffd\ufffd\ufffd\ufffd")]
    [InlineData("f09f9880", "\ud83d\ude00")]
    public void Replaces_each_byte_that_is_part_of_no_character(string hex, string expected) => Assert.Equal(expected, Escape(Convert.FromHexString(hex)));

    [Fact]
    public void Replaces_lone_surrogates()
    {
        Assert.Equal("a\ufffdb", Escape("a\ud800b"));
        Assert.Equal("\ufffd", Escape("\udc00"));
        Assert.Equal("\ufffd", Escape("\ud83d"));
        Assert.Equal("\ufffd\ud83d\ude00", Escape("\ud83d\ud83d\ude00"));
    }

    [Fact]
    public void Cuts_between_characters_and_says_so()
    {
        byte[] text = Encoding.UTF8.GetBytes("aü\"\u20ac\0\ud83d\ude00");
        string whole = Escape(text);
        for (int room = 0; room <= Encoding.UTF8.GetByteCount(whole); room++)
        {
            byte[] destination = new byte[room];
            int written = JsonText.Escape(text, destination, out bool all);
            string cut = new UTF8Encoding(false, true).GetString(destination, 0, written);
            Assert.StartsWith(cut, whole, StringComparison.Ordinal);
            Assert.Equal(all, cut == whole);
            Assert.True(Parses(cut));
            Assert.Equal(written, JsonText.Escape(Encoding.UTF8.GetString(text), destination, out bool allOfText));
            Assert.Equal(all, allOfText);
        }
    }

    [Fact]
    public void Any_bytes_become_a_valid_JSON_string() => Gen.Byte.Array[0, 200].Sample(
        bytes => Parses(Escape(bytes)) && JsonSerializer.Deserialize<string>($"\"{Escape(bytes)}\"")!.Length <= bytes.Length, seed: "0N0XIzNsQ0O2", iter: 5000);

    [Fact]
    public void Valid_text_comes_back_as_it_was() => Gen.String.Sample(
        text =>
        {
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            return JsonSerializer.Deserialize<string>($"\"{Escape(valid)}\"") == valid
                && JsonSerializer.Deserialize<string>($"\"{Escape(Encoding.UTF8.GetBytes(valid))}\"") == valid;
        },
        seed: "0N0XIzNsQ0O2",
        iter: 5000);

    private static bool Parses(string escaped) => JsonSerializer.Deserialize<string>($"\"{escaped}\"") is not null;

    private static string Escape(byte[] text)
    {
        byte[] room = new byte[text.Length * JsonText.LongestEscape];
        int written = JsonText.Escape(text, room, out bool whole);
        Assert.True(whole);
        return new UTF8Encoding(false, true).GetString(room, 0, written);
    }

    private static string Escape(string text)
    {
        byte[] room = new byte[text.Length * JsonText.LongestEscape];
        int written = JsonText.Escape(text, room, out bool whole);
        Assert.True(whole);
        return new UTF8Encoding(false, true).GetString(room, 0, written);
    }
}
