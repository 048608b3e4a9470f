using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>From the command line's <c>-c</c>, <c>-E</c> and flags to the options in force.</summary>
internal static class ConfiguredOptions
{
    /// <summary>False when something is wrong; all of it has been told then.</summary>
    public static bool TryLoad(ConfigurationArguments arguments, out ApplianceOptions options)
    {
        ConfigurationLoader loader = Load(arguments);
        Diagnostics.Write(loader, arguments.Quiet);
        options = loader.Options;
        return loader.Errors.Count == 0;
    }

    /// <summary>Reads and judges all sources; nothing is told yet.</summary>
    public static ConfigurationLoader Load(ConfigurationArguments arguments)
    {
        var loader = new ConfigurationLoader();
        foreach (string file in arguments.Files)
        {
            loader.AddFile(file);
        }

        foreach (string setting in arguments.Settings)
        {
            loader.AddSetting(setting);
        }

        foreach (FlagSetting flag in arguments.Flags)
        {
            loader.AddFlag(flag.Flag, flag.Key, flag.Value);
        }

        loader.Check();
        return loader;
    }
}
