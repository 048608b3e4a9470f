using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

public class EffectiveConfigurationTests
{
    [Fact]
    public void Shows_each_value_that_is_set_with_its_source_and_masks_secrets()
    {
        ConfigurationLoader loader = Loaded.Files("name: a\nhttp:\n  token: 0123456789abcdef\n");
        loader.AddSetting("tls.ports=[443]");
        loader.AddFlag("--layout", ApplianceRegistry.LayoutKey, "ecs");
        loader.Check();
        string[] lines = [.. new EffectiveConfiguration(loader).ToYaml(onlyChanged: true)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "/[^ ]*/a.yml", "a.yml"))];
        Assert.Equal(
            [
                "name: a  # a.yml:1:1",
                "packetbeat.protocols.tls.ports: [443]  # -E",
                "tls_appliance.layout: ecs  # --layout",
                "http.token: \"********\"  # a.yml:3:3",
            ],
            lines);
    }

    [Fact]
    public void Shows_every_option_with_its_default_and_can_be_read_again()
    {
        string all = new EffectiveConfiguration(Loaded.Files()).ToYaml(onlyChanged: false);
        Assert.Equal(ApplianceRegistry.Create().All.Count, all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(Loaded.Lines(Loaded.Files(all).Errors));
    }

    [Theory]
    [InlineData("https://user:pass@host:9200/path", "https://********@host:9200/path")]
    [InlineData("https://host:9200/a@b", "https://host:9200/a@b")]
    [InlineData("socks5://u@h", "socks5://********@h")]
    [InlineData("no address: a@b", "no address: a@b")]
    public void Users_in_addresses_are_masked(string text, string shown) => Assert.Equal(shown, SecretText.Shown(text));

    [Theory]
    [InlineData("output.elasticsearch.password=x", "output.elasticsearch.password=********")]
    [InlineData("name=x", "name=x")]
    [InlineData("output.elasticsearch.hosts=https://a:b@c", "output.elasticsearch.hosts=https://********@c")]
    public void Secrets_of_settings_are_masked_in_reports(string argument, string shown) => Assert.Equal(shown, SettingArgument.Masked(argument));
}
