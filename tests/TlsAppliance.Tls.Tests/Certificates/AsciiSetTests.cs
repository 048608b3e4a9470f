using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

public class AsciiSetTests
{
    private const string Members = "\0 '09AZaz\u007f";

    private static readonly AsciiSet s_set = new(Members);

    [Fact]
    public void Has_its_members_and_nothing_else()
    {
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            Assert.Equal(Members.Contains((char)unit), s_set.Contains((char)unit));
        }
    }

    [Fact]
    public void A_text_has_to_be_of_members_from_its_first_to_its_last()
    {
        Assert.True(s_set.HasAll(""));
        Assert.True(s_set.HasAll(Members));
        Assert.True(s_set.HasAll("AZ 09"));
        foreach (string text in new[] { "bA", "AbA", "Ab", "A\u0141", "AZ 19" })
        {
            Assert.False(s_set.HasAll(text));
        }
    }
}
