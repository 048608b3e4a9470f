using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>Tries whether events could be sent to a server, without sending any.</summary>
public static class OutputTrial
{
    /// <summary>Asks what the server is, whether we may write, and what set-up there would be to do.</summary>
    /// <returns>What was found, in one line each.</returns>
    /// <exception cref="ElasticsearchException">What is wrong, in one line: name, connection, TLS, credentials, product, version, permission, layout.</exception>
    public static async ValueTask<IReadOnlyList<string>> RunAsync(IElasticsearchClient client, IndexSetupOptions options, CancellationToken cancellationToken)
    {
        ServerInfo server = await client.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        await CheckPrivilegesAsync(client, options, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SetupStep> steps = await new IndexSetup(options).PlanAsync(client, server, cancellationToken).ConfigureAwait(false);
        return
        [
            $"{server.Product} {server.Version}, cluster {server.ClusterName}",
            .. steps.Select(step => $"{step.Kind} {step.Name}: {(step.Changes ? $"{step.Reason}; the start or setup puts it" : step.Reason)}"),
        ];
    }

    /// <summary>A server without security, or without this call, answers otherwise and is not asked further.</summary>
    private static async ValueTask CheckPrivilegesAsync(IElasticsearchClient client, IndexSetupOptions options, CancellationToken cancellationToken)
    {
        string indices = options.Index.WildcardFor(options.Layout);
        JsonObject question = new()
        {
            ["index"] = new JsonArray(new JsonObject { ["names"] = new JsonArray(indices), ["privileges"] = new JsonArray("create_doc", "auto_configure") }),
        };
        using ElasticsearchAnswer answer = await client
            .SendAsync(HttpMethod.Post, "_security/user/_has_privileges", Encoding.UTF8.GetBytes(question.ToJsonString()), cancellationToken).ConfigureAwait(false);
        if (answer.Status != 200 || JsonNode.Parse(answer.Body.Span)?["index"]?.AsObject().FirstOrDefault().Value is not JsonObject privileges)
        {
            return;
        }

        string[] missing = [.. privileges.Where(privilege => privilege.Value is JsonValue value && value.TryGetValue(out bool has) && !has).Select(privilege => privilege.Key)];
        if (missing.Length > 0)
        {
            throw new ElasticsearchException(ElasticsearchFailure.Forbidden, answer.Host, $"these credentials lack {string.Join(" and ", missing)} on {indices}");
        }
    }
}
