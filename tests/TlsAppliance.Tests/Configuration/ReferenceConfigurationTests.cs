using TlsAppliance.Configuration;
using TlsAppliance.Reference;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Configuration;

public class ReferenceConfigurationTests
{
    private static readonly string s_path = Path.Combine(RepositoryRoot.Path, "config", "tls-appliance.reference.yml");

    /// <summary>Run with <c>UPDATE_REFERENCE=1</c> to write the file anew.</summary>
    [Fact]
    public void The_shipped_file_shows_every_option_with_its_default()
    {
        string generated = ReferenceConfiguration.Write(ApplianceRegistry.Create());
        if (Environment.GetEnvironmentVariable("UPDATE_REFERENCE") == "1")
        {
            File.WriteAllText(s_path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(s_path));
    }

    /// <summary>Likewise.</summary>
    [Fact]
    public void The_page_of_options_is_up_to_date()
    {
        string path = Path.Combine(RepositoryRoot.Path, "config", "OPTIONS.md");
        string generated = OptionsPage.Write(ApplianceRegistry.Create());
        if (Environment.GetEnvironmentVariable("UPDATE_REFERENCE") == "1")
        {
            File.WriteAllText(path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(path));
    }

    [Fact]
    public void Every_line_of_it_can_be_switched_on()
    {
        string all = string.Join('\n', File.ReadAllLines(s_path).Where(line => line.StartsWith('#') && !line.StartsWith("# ", StringComparison.Ordinal) && line.Length > 1).Select(line => line[1..]));
        ConfigurationLoader loader = Loaded.Files(all);
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Empty(Loaded.Lines(loader.Warnings));
    }

    [Fact]
    public void The_minimal_file_is_right()
    {
        ConfigurationLoader loader = Loaded.Files(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "config", "tls-appliance.yml")));
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Empty(Loaded.Lines(loader.Warnings));
    }
}
