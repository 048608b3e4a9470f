using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

public class NearestNameTests
{
    private static readonly string[] s_known = ["name", "tags", "output.file.path", "output.file.filename"];

    [Theory]
    [InlineData("nam", "name")]
    [InlineData("nmae", "name")]
    [InlineData("output.file.pth", "output.file.path")]
    [InlineData("file.path", "output.file.path")]
    [InlineData("filename", "output.file.filename")]
    [InlineData("something.else", null)]
    [InlineData("", null)]
    public void Finds_what_was_meant(string written, string? meant) => Assert.Equal(meant, NearestName.Find(written, s_known));

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "abcd", 1)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("", "abc", 3)]
    public void Counts_slips(string from, string to, int slips) => Assert.Equal(slips, NearestName.Distance(from, to));

    [Fact]
    public void Does_not_search_for_absurd_names() => Assert.Null(NearestName.Find(new string('x', 1_000_000), s_known));
}
