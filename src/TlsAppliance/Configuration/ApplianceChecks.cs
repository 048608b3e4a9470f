namespace TlsAppliance.Configuration;

/// <summary>What options say together, where each for itself is right.</summary>
internal static class ApplianceChecks
{
    public static void Judge(
        ApplianceOptions options, IReadOnlyDictionary<string, ConfigurationPlace> places, ICollection<ConfigurationProblem> errors)
    {
        if (options.Http is { Enabled: true, IsLoopback: false, Token.Length: 0 })
        {
            errors.Add(new ConfigurationProblem(
                places["http.host"], "http.host", $"{options.Http.Host} can be reached by others: set http.token, which they must send, or listen on localhost"));
        }
    }
}
