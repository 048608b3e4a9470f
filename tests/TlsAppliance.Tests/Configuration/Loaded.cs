using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

/// <summary>Configurations from text, as the loader sees files.</summary>
internal static class Loaded
{
    /// <summary>Loads each text as one <c>-c</c> file, named <c>a.yml</c>, <c>b.yml</c> …</summary>
    public static ConfigurationLoader Files(params string[] texts)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("tls-appliance-");
        try
        {
            var loader = new ConfigurationLoader();
            for (int index = 0; index < texts.Length; index++)
            {
                string path = Path.Combine(directory.FullName, $"{(char)('a' + index)}.yml");
                File.WriteAllText(path, texts[index]);
                loader.AddFile(path);
            }

            return loader;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public static ConfigurationLoader Settings(params string[] settings)
    {
        var loader = new ConfigurationLoader();
        foreach (string setting in settings)
        {
            loader.AddSetting(setting);
        }

        return loader;
    }

    /// <summary>Without the directory that the test happened to use.</summary>
    public static string[] Lines(IEnumerable<ConfigurationProblem> problems) =>
        [.. problems.Select(problem => problem with { Place = problem.Place with { Source = Path.GetFileName(problem.Place.Source) } }).Select(problem => problem.ToString())];
}
