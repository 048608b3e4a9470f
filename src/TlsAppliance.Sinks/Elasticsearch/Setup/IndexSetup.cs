using System.Text;
using System.Text.Json.Nodes;
using TlsAppliance.Events;
using TlsAppliance.Events.Mappings;
using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>
/// Gets a server ready for the events of one layout: a lifecycle policy where it knows such, the index template, and a look whether indices of the other layout
/// stand under the same names. What is there and as it should be is left alone.
/// </summary>
public sealed class IndexSetup(IndexSetupOptions options) : ITargetPreparation
{
    private const string Template = "index template";
    private const string Policy = "lifecycle policy";

    private readonly string _indices = options.Index.WildcardFor(options.Layout);

    /// <summary>The template as this server takes it.</summary>
    public static IndexTemplate TemplateFor(IndexSetupOptions options, ServerAbilities abilities) => new()
    {
        Layout = options.Layout,
        Patterns = [options.Index.WildcardFor(options.Layout)],
        IsDataStream = options.IsDataStream,
        Alias = !options.IsDataStream ? IndexTemplate.PacketbeatAlias : abilities.HasDataStreamAliases ? IndexTemplate.PacketbeatStreamAlias : null,
        LifecyclePolicy = options.LifecycleEnabled && abilities.HasLifecycle ? options.PolicyName : null,
        Shards = options.Shards,
        Replicas = options.Replicas,
    };

    public static LifecyclePolicy PolicyFor(IndexSetupOptions options) => new()
    {
        RollsOver = options.IsDataStream,
        DeleteAfterDays = options.DeleteAfterDays > 0 ? options.DeleteAfterDays : null,
    };

    /// <summary>Plans and applies.</summary>
    /// <exception cref="ElasticsearchException">As <see cref="PlanAsync"/> and <see cref="ApplyAsync"/>.</exception>
    public async ValueTask PrepareAsync(IElasticsearchClient client, ServerInfo server, CancellationToken cancellationToken)
    {
        IReadOnlyList<SetupStep> steps = await PlanAsync(client, server, cancellationToken).ConfigureAwait(false);
        await ApplyAsync(client, steps, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds out what is to be done; changes nothing.</summary>
    /// <exception cref="ElasticsearchException">
    /// The server cannot be reached or does not let us look; or (<see cref="ElasticsearchFailure.Conflict"/>) an index of the other layout stands where events would go.
    /// </exception>
    public async ValueTask<IReadOnlyList<SetupStep>> PlanAsync(IElasticsearchClient client, ServerInfo server, CancellationToken cancellationToken)
    {
        await CheckLayoutAsync(client, cancellationToken).ConfigureAwait(false);
        if (!options.TemplateEnabled)
        {
            return [new SetupStep(Template, options.EffectiveTemplateName, SetupAction.Skip, "switched off", "", default)];
        }

        ServerAbilities abilities = await ServerAbilities.DetectAsync(client, server, cancellationToken).ConfigureAwait(false);
        return
        [
            await PlanPolicyAsync(client, abilities, cancellationToken).ConfigureAwait(false),
            await PlanTemplateAsync(client, abilities, cancellationToken).ConfigureAwait(false),
        ];
    }

    /// <summary>Carries out what was planned.</summary>
    /// <exception cref="ElasticsearchException">The server cannot be reached or refuses a step; those before it are done.</exception>
    public async ValueTask ApplyAsync(IElasticsearchClient client, IEnumerable<SetupStep> steps, CancellationToken cancellationToken)
    {
        foreach (SetupStep step in steps.Where(step => step.Changes))
        {
            using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Put, step.Path, step.Body, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw ElasticsearchException.Refused(answer, $"cannot put the {step.Kind} {step.Name}");
            }
        }
    }

    private async ValueTask<SetupStep> PlanPolicyAsync(IElasticsearchClient client, ServerAbilities abilities, CancellationToken cancellationToken)
    {
        string path = "_ilm/policy/" + Uri.EscapeDataString(options.PolicyName);
        SetupStep step = new(Policy, options.PolicyName, SetupAction.Skip, "switched off", path, default);
        if (!options.LifecycleEnabled || !abilities.HasLifecycle)
        {
            return options.LifecycleEnabled ? step with { Reason = "this server knows no ILM" } : step;
        }

        using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Get, path, default, cancellationToken).ConfigureAwait(false);
        bool isThere = IsThere(answer, $"cannot look at the {Policy} {options.PolicyName}");
        return isThere && !options.Overwrite
            ? step with { Action = SetupAction.Keep, Reason = "is there" }
            : step with
            {
                Action = isThere ? SetupAction.Replace : SetupAction.Create,
                Reason = isThere ? "asked for" : "not there",
                Body = Encode(PolicyFor(options).ToJson()),
            };
    }

    private async ValueTask<SetupStep> PlanTemplateAsync(IElasticsearchClient client, ServerAbilities abilities, CancellationToken cancellationToken)
    {
        string name = options.EffectiveTemplateName;
        string path = "_index_template/" + Uri.EscapeDataString(name);
        JsonObject ours = TemplateFor(options, abilities).ToJson();
        SetupStep step = new(Template, name, SetupAction.Create, "not there", path, Encode(ours));
        using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Get, path, default, cancellationToken).ConfigureAwait(false);
        if (!IsThere(answer, $"cannot look at the {Template} {name}"))
        {
            return step;
        }

        JsonNode? theirs = Parse(answer)?["index_templates"]?[0]?["index_template"];
        (SetupAction action, string reason) = options.Overwrite ? (SetupAction.Replace, "asked for") : Judge(theirs, ours);
        return step with { Action = action, Reason = reason, Body = action == SetupAction.Keep ? default : step.Body };
    }

    private static (SetupAction Action, string Reason) Judge(JsonNode? theirs, JsonObject ours)
    {
        if (Text(theirs?["_meta"]?["managed_by"]) != IndexTemplate.Owner)
        {
            return (SetupAction.Keep, "is there and not ours");
        }

        if (Text(theirs!["_meta"]?["digest"]) == Text(ours["_meta"]?["digest"]))
        {
            return (SetupAction.Keep, "is there");
        }

        return theirs["version"] is JsonValue version && version.TryGetValue(out long later) && later > IndexTemplate.Version
            ? (SetupAction.Keep, "is that of a later tls-appliance")
            : (SetupAction.Replace, "differs from the options");
    }

    /// <summary>A document of one layout does not fit into an index of the other: its fields are aliases there, which no document may hold.</summary>
    private async ValueTask CheckLayoutAsync(IElasticsearchClient client, CancellationToken cancellationToken)
    {
        (string wrong, string name) = options.Layout == EventLayout.Ecs ? ("handshake_completed", "classic") : ("established", "ecs");
        string path = $"{Uri.EscapeDataString(_indices)}/_mapping?expand_wildcards=all&ignore_unavailable=true&allow_no_indices=true&filter_path=*.mappings.properties.tls.properties.{wrong}.type";
        using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Get, path, default, cancellationToken).ConfigureAwait(false);
        if (!IsThere(answer, $"cannot look at the indices {_indices}"))
        {
            return;
        }

        string? index = Parse(answer)?.AsObject()
            .Where(entry => Text(entry.Value?["mappings"]?["properties"]?["tls"]?["properties"]?[wrong]?["type"]) == "boolean")
            .Select(entry => entry.Key).FirstOrDefault();
        if (index is not null)
        {
            throw new ElasticsearchException(
                ElasticsearchFailure.Conflict, answer.Host,
                $"the index {index} holds events of the layout {name}, and these are {IndexMapping.NameOf(options.Layout)}: set tls_appliance.layout or output.elasticsearch.index");
        }
    }

    private static bool IsThere(ElasticsearchAnswer answer, string what) => answer.Status switch
    {
        200 => true,
        404 => false,
        _ => throw ElasticsearchException.Refused(answer, what),
    };

    private static JsonNode? Parse(ElasticsearchAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body.Span);
        }
        catch (System.Text.Json.JsonException failure)
        {
            throw new ElasticsearchException(ElasticsearchFailure.Answer, answer.Host, "no usable answer: " + failure.Message, failure);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static byte[] Encode(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
