using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>From the command line's <c>-c</c>, <c>-E</c> and flags to the options in force.</summary>
internal static class ConfiguredOptions
{
    /// <summary>False when something is wrong; all of it has been told then.</summary>
    public static bool TryLoad(ReplayArguments arguments, out ApplianceOptions options)
    {
        var loader = new ConfigurationLoader();
        foreach (string file in arguments.ConfigurationFiles)
        {
            loader.AddFile(file);
        }

        foreach (string setting in arguments.Settings)
        {
            loader.AddSetting(setting);
        }

        AddFlag(loader, "--layout", ApplianceRegistry.LayoutKey, arguments.Layout);
        AddFlag(loader, "--output-dir", ApplianceRegistry.FilePathKey, arguments.OutputDirectory);
        AddFlag(loader, "--shards", ApplianceRegistry.ShardsKey, arguments.Shards);
        loader.Check();
        Diagnostics.Write(loader);
        options = loader.Options;
        return loader.Errors.Count == 0;
    }

    private static void AddFlag(ConfigurationLoader loader, string flag, string key, string? value)
    {
        if (value is not null)
        {
            loader.AddFlag(flag, key, value);
        }
    }
}
