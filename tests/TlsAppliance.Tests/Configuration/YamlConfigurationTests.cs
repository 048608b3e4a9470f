using System.Text;
using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

public sealed class YamlConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Nodes_know_their_place()
    {
        var root = (ConfigurationNode.Section)YamlConfiguration.Read("f", "a:\n  b: [x,  y]\n");
        var inner = (ConfigurationNode.Section)root.Entries[0].Value;
        var list = (ConfigurationNode.Sequence)inner.Entries[0].Value;

        Assert.Equal("f:1:1", root.Entries[0].Place.ToString());
        Assert.Equal("f:2:3", inner.Entries[0].Place.ToString());
        Assert.Equal("f:2:11", list.Items[1].Place.ToString());
    }

    [Fact]
    public void Aliases_repeat_their_anchor()
    {
        var root = (ConfigurationNode.Section)YamlConfiguration.Read("f", "a: &x [1, 2]\nb: *x\n");
        Assert.Same(root.Entries[0].Value, root.Entries[1].Value);
    }

    [Fact]
    public void An_empty_file_says_nothing() => Assert.IsType<ConfigurationNode.Nothing>(YamlConfiguration.Read("f", "# only a comment\n"));

    [Fact]
    public void Refuses_a_billion_laughs()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++)
        {
            text.Append('a').Append(level).Append(": &a").Append(level).Append(" [")
                .AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 10)).Append("]\n");
        }

        Assert.Contains("more than 50000 values once every alias is written out", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_alias_within_its_own_anchor() => Assert.Equal("f:1:11: alias *x has no anchor before it", Refusal("a: &x [1, *x]"));

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    [InlineData(20_000, true)]
    public void Bounds_the_depth(int levels, bool refused)
    {
        string text = new string('[', levels) + new string(']', levels);
        if (refused)
        {
            Assert.Contains("nested deeper than 32 levels", Refusal(text), StringComparison.Ordinal);
        }
        else
        {
            Assert.IsType<ConfigurationNode.Sequence>(YamlConfiguration.Read("f", text));
        }
    }

    [Fact]
    public void Refuses_what_is_larger_than_a_configuration()
    {
        string path = Path.Combine(_directory.FullName, "large.yml");
        File.WriteAllText(path, "#" + new string('x', YamlConfiguration.MaximumBytes));
        Assert.Equal($"{path}: larger than 1 MiB; this is no configuration", FileRefusal(path));
    }

    [Fact]
    public void Tells_a_missing_file_a_directory_and_what_is_no_text()
    {
        string binary = Path.Combine(_directory.FullName, "binary.yml");
        File.WriteAllBytes(binary, [0xff, 0xfe, 0x00]);

        Assert.Equal("none.yml: no such file", FileRefusal("none.yml"));
        Assert.Equal($"{_directory.FullName}: a directory, not a file", FileRefusal(_directory.FullName));
        Assert.Equal($"{binary}: not UTF-8 text", FileRefusal(binary));
    }

    [Fact]
    public void A_byte_order_mark_is_no_content()
    {
        string path = Path.Combine(_directory.FullName, "bom.yml");
        File.WriteAllText(path, "name: x\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var root = (ConfigurationNode.Section)YamlConfiguration.ReadFile(path);
        Assert.Equal("name", root.Entries[0].Name);
    }

    [Fact]
    public void No_prefix_of_a_file_does_more_than_be_refused()
    {
        const string Text = "a: &x {b: [1, \"two\", 'three'], c: |\n  text\n  }\n? d\n: *x\n--- \n%YAML 1.1\n";
        for (int length = 0; length <= Text.Length; length++)
        {
            try
            {
                YamlConfiguration.Read("f", Text[..length]);
            }
            catch (ConfigurationException refused)
            {
                Assert.StartsWith("f:", refused.Problem.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private static string Refusal(string text) => Assert.Throws<ConfigurationException>(() => YamlConfiguration.Read("f", text)).Problem.ToString();

    private static string FileRefusal(string path) => Assert.Throws<ConfigurationException>(() => YamlConfiguration.ReadFile(path)).Problem.ToString();
}
