namespace TlsAppliance.Configuration;

/// <summary><c>-E key=value</c>: one setting from the command line. Values in brackets, braces or quotes are YAML; all others are text as they stand.</summary>
internal static class SettingArgument
{
    public const string Flag = "-E";

    private const string ShortTls = "tls.";
    private const string FullTls = "packetbeat.protocols.tls.";

    /// <exception cref="ConfigurationException">There is no <c>=</c>, or the value is broken YAML.</exception>
    public static ConfigurationEntry Read(string argument)
    {
        var place = new ConfigurationPlace(Flag);
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new ConfigurationException(new ConfigurationProblem(place, argument, "expected KEY=VALUE, such as tls.ports=[443,8443]"));
        }

        string name = argument[..equals].Trim();
        return new ConfigurationEntry(place, Full(name), Value(name, argument[(equals + 1)..].Trim(), place));
    }

    /// <summary>The argument fit for a report: the value of an option that may hold a secret is not shown.</summary>
    public static string Masked(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && SecretText.IsSecretName(Full(argument[..equals].Trim())) ? argument[..(equals + 1)] + SecretText.Mask : SecretText.Shown(argument);
    }

    private static string Full(string name) => name.StartsWith(ShortTls, StringComparison.Ordinal) ? FullTls + name[ShortTls.Length..] : name;

    private static ConfigurationNode Value(string name, string value, ConfigurationPlace place)
    {
        if (value.Length == 0 || value[0] is not ('[' or '{' or '"' or '\''))
        {
            return value.Length == 0 ? new ConfigurationNode.Nothing(place) : new ConfigurationNode.Text(place, value, Quoted: false);
        }

        try
        {
            return YamlConfiguration.Read(Flag, value, hasLines: false);
        }
        catch (ConfigurationException failure)
        {
            throw new ConfigurationException(new ConfigurationProblem(place, name, failure.Problem.Message));
        }
    }
}
