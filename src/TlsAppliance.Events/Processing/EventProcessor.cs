namespace TlsAppliance.Events.Processing;

/// <summary>One step that changes which fields an event shows, as Beats' processors do. Steps act in their order.</summary>
public abstract record EventProcessor
{
    /// <summary>The step acts only on events for which this holds; null: on all.</summary>
    public EventCondition? When { get; init; }

    /// <summary>What stands at or below one of these dotted paths is gone. <c>@timestamp</c> and <c>type</c> stay, as in Beats.</summary>
    public sealed record DropFields(IReadOnlyList<string> Paths) : EventProcessor;

    /// <summary>Only what stands at or below one of these dotted paths stays, and <c>@timestamp</c> and <c>type</c>.</summary>
    public sealed record IncludeFields(IReadOnlyList<string> Paths) : EventProcessor;

    /// <summary>Puts values at dotted paths; one that is there already gets the new value.</summary>
    /// <param name="Values">Full path to value, of the types that <see cref="EventOptions.Fields"/> takes.</param>
    public sealed record AddFields(IReadOnlyDictionary<string, object> Values) : EventProcessor;

    /// <summary>Adds to the list of texts at a path, each once.</summary>
    public sealed record AddTags(string Path, IReadOnlyList<string> Tags) : EventProcessor;

    /// <summary>The event is not written at all.</summary>
    public sealed record DropEvent : EventProcessor;

    /// <summary><c>if</c>, <c>then</c>, <c>else</c>.</summary>
    public sealed record Branch(EventCondition If, IReadOnlyList<EventProcessor> Then, IReadOnlyList<EventProcessor> Else) : EventProcessor;
}
