using TlsAppliance.Capture.Inputs;

namespace TlsAppliance.Capture.Tests.Inputs;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("*", "a.pcap", true)]
    [InlineData("*", "", true)]
    [InlineData("*.pcap", "a.pcap", true)]
    [InlineData("*.pcap", "a.pcapng", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*a*b*c", "xxaxxbxxabc", true)]
    [InlineData("*a*b*c", "xxbxxaxxc", false)]
    [InlineData("[a-c]1", "b1", true)]
    [InlineData("[a-c]1", "d1", false)]
    [InlineData("[!a-c]1", "d1", true)]
    [InlineData("[^a-c]1", "a1", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("[a", "a", false)]
    [InlineData("*", ".hidden", false)]
    [InlineData(".h*", ".hidden", true)]
    [InlineData("A*", "a", false)]
    public void Matches_a_name_as_a_shell_would(string pattern, string name, bool matches)
    {
        Assert.Equal(matches, GlobPattern.IsMatch(pattern, name));
    }

    [Fact]
    public void Matches_hostile_patterns_in_bounded_time()
    {
        string pattern = string.Concat(Enumerable.Repeat("*a", 100)) + "b";

        Assert.False(GlobPattern.IsMatch(pattern, new string('a', 10_000)));
    }

    [Theory]
    [InlineData("*.pcap", ".", "*.pcap")]
    [InlineData("a/b/*.pcap", "a/b", "*.pcap")]
    [InlineData("/*/x", "/", "*,x")]
    [InlineData("a/b?/**/c*", "a", "b?,**,c*")]
    public void Parts_the_fixed_directory_from_the_names_to_match(string argument, string root, string segments)
    {
        GlobPattern pattern = GlobPattern.Parse(argument);

        Assert.Equal(root, pattern.Root);
        Assert.Equal(segments, string.Join(',', pattern.Segments));
    }
}
