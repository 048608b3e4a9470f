namespace TlsAppliance.Tests;

public class PrintableTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("bücher.example 日本", "bücher.example 日本")]
    [InlineData("a\0b\e[0m\x7f\r\n\t", "a\uFFFDb\uFFFD[0m\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u202Eevil\u2066\u200B\uFEFF", "\uFFFDevil\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    public void Leaves_nothing_that_a_terminal_would_act_on(string text, string clean) => Assert.Equal(clean, Printable.Text(text));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("\uFFFDx", Printable.Text("\ud800x"));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("ab😀d", 4, "ab…")]
    public void Cuts_with_an_ellipsis_and_never_within_a_character(string text, int maximum, string cut) => Assert.Equal(cut, Printable.Text(text, maximum));
}
