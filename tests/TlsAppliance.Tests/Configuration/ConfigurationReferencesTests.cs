using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

public sealed class ConfigurationReferencesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("${A}", "from A")]
    [InlineData("x-${A}-${B:b}-y", "x-from A-b-y")]
    [InlineData("${B:${A}}", "from A")]
    [InlineData("${B:}x", "x")]
    [InlineData("${A:?must be there}", "from A")]
    [InlineData("$${A}", "${A}")]
    [InlineData("$A {A} %{[agent.version]}", "$A {A} %{[agent.version]}")]
    [InlineData("${path.data}/x", "/var/x")]
    [InlineData("${path.config}", ".")]
    [InlineData("${LITERAL}", "${A}")]
    public void Replaces_what_refers_to_variables_and_settings(string text, string value)
    {
        ConfigurationLoader loader = Load($"name: '{text}'\npath.data: /var\n");
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Equal(value, loader.Options.Events.Sensor);
    }

    [Fact]
    public void A_setting_that_comes_later_counts()
    {
        ConfigurationLoader loader = Load("name: ${path.data}\npath.data: /a\n");
        loader.AddSetting("path.data=/b");
        Assert.Equal("/b", loader.Options.Events.Sensor);
    }

    [Fact]
    public void A_variable_may_hold_a_list()
    {
        ConfigurationLoader loader = Load("tags: ${TAGS}\npacketbeat.protocols.tls.ports: ${PORTS}\n");
        Assert.Empty(Loaded.Lines(loader.Errors));
        Assert.Equal(["a", "b c"], loader.Options.Added.Tags);
        Assert.Equal([443, 8443], loader.Options.Pipeline.Ports);
    }

    [Fact]
    public void Secrets_come_from_files_and_credentials_and_are_never_shown()
    {
        string file = Path.Combine(_directory.FullName, "secret");
        File.WriteAllText(file, "p4ss/word\n");
        ConfigurationLoader loader = Load($"name: ${{file:{file}}}\nfields.site: ${{secret}}\nhttp.port: ${{file:{file}}}\n");
        Assert.Equal("p4ss/word", loader.Options.Events.Sensor);
        Assert.Equal("p4ss/word", loader.Options.Added.Fields["site"]);

        string effective = new EffectiveConfiguration(loader).ToYaml(onlyChanged: true);
        Assert.Contains("name: \"********\"  # ", effective, StringComparison.Ordinal);
        Assert.Contains("fields: \"********\"  # ", effective, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", effective + string.Concat(Loaded.Lines(loader.Errors)), StringComparison.Ordinal);
        Assert.Single(loader.Errors);
    }

    [Fact]
    public void An_option_that_is_ignored_needs_no_variable()
    {
        ConfigurationLoader loader = Load("monitoring.elasticsearch.password: ${NOBODY}\n");
        Assert.Empty(loader.Errors);
        Assert.Single(loader.Warnings);
    }

    private ConfigurationLoader Load(string text)
    {
        var loader = new ConfigurationLoader(name => name switch
        {
            "A" => "from A",
            "LITERAL" => "${A}",
            "TAGS" => "[a, b c]",
            "PORTS" => "[443,8443]",
            "CREDENTIALS_DIRECTORY" => _directory.FullName,
            _ => null,
        });
        string path = Path.Combine(_directory.FullName, "a.yml");
        File.WriteAllText(path, text);
        loader.AddFile(path);
        return loader;
    }
}
