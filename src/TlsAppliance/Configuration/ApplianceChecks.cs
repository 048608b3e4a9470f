using TlsAppliance.Enrichment;

namespace TlsAppliance.Configuration;

/// <summary>What options say together, where each for itself is right.</summary>
internal static class ApplianceChecks
{
    public static void Judge(
        ApplianceOptions options, IReadOnlyDictionary<string, ConfigurationPlace> places, ICollection<ConfigurationProblem> errors)
    {
        OpenPlaces(options, places, errors);
        if (options.Http is { Enabled: true, IsLoopback: false, Token.Length: 0 })
        {
            errors.Add(new ConfigurationProblem(
                places["http.host"], "http.host", $"{options.Http.Host} can be reached by others: set http.token, which they must send, or listen on localhost"));
        }

        JudgeIndex(options.Elasticsearch, places, errors);
    }

    private static void JudgeIndex(
        ElasticsearchOutputOptions output, IReadOnlyDictionary<string, ConfigurationPlace> places, ICollection<ConfigurationProblem> errors)
    {
        // The names of ours are right, and few runs have a server: nothing of it is loaded for them.
        if (output is { Index.Length: 0, DataStream: false })
        {
            return;
        }

        try
        {
            output.IndexPattern(live: true);
        }
        catch (FormatException failure)
        {
            string key = output.Index.Length > 0 ? ApplianceRegistry.IndexKey : "data_stream.namespace";
            errors.Add(new ConfigurationProblem(places.GetValueOrDefault(key) ?? places.Values.First(), key, failure.Message));
        }
    }

    /// <summary>Whether a file of places is one shows only when it is read; what was read is what events get.</summary>
    private static void OpenPlaces(
        ApplianceOptions options, IReadOnlyDictionary<string, ConfigurationPlace> places, ICollection<ConfigurationProblem> errors)
    {
        if (!options.Places.IsConfigured)
        {
            return;
        }

        try
        {
            options.Events = options.Events with { Places = PlaceDatabases.Open(options.Places) };
        }
        catch (PlaceDatabaseException failure)
        {
            errors.Add(new ConfigurationProblem(places[failure.Key], failure.Key, failure.Message));
        }
    }
}
