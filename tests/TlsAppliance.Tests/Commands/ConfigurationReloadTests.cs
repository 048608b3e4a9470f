using TlsAppliance.Commands;
using TlsAppliance.Configuration;
using TlsAppliance.Events;

namespace TlsAppliance.Tests.Commands;

public sealed class ConfigurationReloadTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-appliance-");
    private readonly List<string> _told = [];
    private readonly EventOptionsSource _events;
    private readonly ConfigurationReload _reload;
    private int _reopened;

    public ConfigurationReloadTests()
    {
        File.WriteAllText(File_, "name: a\ntags: [one]\npath.data: x\n");
        var arguments = new ConfigurationArguments { Files = [File_], Settings = ["tls.send_certificates=false"] };
        Assert.True(ConfiguredOptions.TryLoad(arguments, out ApplianceOptions options));
        _events = new EventOptionsSource(options.ToPipelineOptions().Events);
        _reload = new ConfigurationReload(arguments, options, _events, [() => _reopened++], _told.Add);
    }

    private string File_ => Path.Combine(_directory.FullName, "a.yml");

    public void Dispose()
    {
        _reload.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void What_events_show_changes_at_once_and_the_rest_is_named()
    {
        File.WriteAllText(File_, "name: b\ntags: [two]\npath.data: y\nprocessors: [{drop_fields.fields: client}]\n");
        Assert.True(_reload.Reload());
        Assert.Equal(["two"], _events.Current.Tags);
        Assert.Single(_events.Current.Processors);
        Assert.False(_events.Current.SendCertificates);
        Assert.Equal("a", _events.Current.Sensor);
        Assert.Equal(1, _reopened);
        Assert.Equal(
            [
                "reload: name has changed; it takes effect at the next start",
                "reload: path.data has changed; it takes effect at the next start",
                "reload: done; new are tags, processors",
            ],
            _told);
    }

    [Fact]
    public void A_wrong_configuration_changes_nothing()
    {
        EventOptions before = _events.Current;
        File.WriteAllText(File_, "nmae: b\ntags: [two]\n");
        Assert.False(_reload.Reload());
        Assert.Same(before, _events.Current);
        Assert.Equal([$"{File_}:1:1: nmae: unknown option; did you mean name?", "reload: the configuration is wrong; what was in force stays"], _told);
    }

    [Fact]
    public void Nothing_new_is_told_as_that()
    {
        Assert.True(_reload.Reload());
        Assert.Equal(["reload: done"], _told);
    }
}
