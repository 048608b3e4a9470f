using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsAppliance.Events.Mappings;

/// <summary>An ILM policy (<c>_ilm/policy</c>). Dated indices need no roll-over; nothing is ever deleted unless that was asked for.</summary>
public sealed record LifecyclePolicy
{
    /// <summary>Roll-over of a data stream as Packetbeat's policy has it.</summary>
    private const string PrimaryShardSize = "50gb";

    private const string Age = "30d";

    /// <summary>Hot indices come back first when a server starts.</summary>
    private const int HotPriority = 100;

    /// <summary>A data stream rolls over, an index by date does not.</summary>
    public bool RollsOver { get; init; }

    /// <summary>Age at which an index is deleted, counted in whole days from its creation or roll-over; null: never.</summary>
    public int? DeleteAfterDays { get; init; }

    /// <summary>The body of <c>PUT _ilm/policy/NAME</c>.</summary>
    public JsonObject ToJson()
    {
        JsonObject actions = new() { ["set_priority"] = new JsonObject { ["priority"] = HotPriority } };
        if (RollsOver)
        {
            actions["rollover"] = new JsonObject { ["max_primary_shard_size"] = PrimaryShardSize, ["max_age"] = Age };
        }

        JsonObject phases = new() { ["hot"] = new JsonObject { ["actions"] = actions } };
        if (DeleteAfterDays is { } days)
        {
            phases["delete"] = new JsonObject
            {
                ["min_age"] = string.Create(CultureInfo.InvariantCulture, $"{days}d"),
                ["actions"] = new JsonObject { ["delete"] = new JsonObject() },
            };
        }

        return new JsonObject
        {
            ["policy"] = new JsonObject { ["phases"] = phases, ["_meta"] = new JsonObject { ["managed_by"] = IndexTemplate.Owner } },
        };
    }
}
