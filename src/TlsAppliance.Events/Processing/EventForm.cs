using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Rendering;

namespace TlsAppliance.Events.Processing;

/// <summary>What an event is made of: the fields that are written and the JSON that is added to them.</summary>
internal sealed class EventForm
{
    internal EventForm(FieldSelection fields, ConfiguredFields configured, string sensor)
    {
        Configured = configured;
        FieldSelection withoutChains = fields.Without(EventParts.Chains(fields.Layout));
        Runs = new FixedRuns(fields, configured, sensor);
        Selections = [fields, withoutChains, withoutChains.Without(EventParts.Details(fields.Layout))];
    }

    internal ConfiguredFields Configured { get; }

    /// <summary>All fields, then the ones that are left when the event would be too long: without chains, without hellos.</summary>
    internal FieldSelection[] Selections { get; }

    internal FieldSelection Fields => Selections[0];

    /// <summary>The same for all selections: chains and hellos are no part of them.</summary>
    internal FixedRuns Runs { get; }
}
