using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Rendering;

namespace TlsAppliance.Events.Processing;

/// <summary>
/// All configured steps, settled as far as they can be at start. Which steps act on an event is a set of bits; each set that occurs has one
/// <see cref="EventForm"/>: the selection from the field table and the JSON that is added. Without conditions there is one set for all events, known at
/// start, and an event costs what it costs without steps.
/// </summary>
internal sealed class ProcessorPlan
{
    /// <summary>Sets of steps that are remembered; more are made anew when they occur.</summary>
    private const int MaximumForms = 256;

    private const int MaximumSteps = 64;

    /// <summary>Beats never drops these.</summary>
    private static readonly string[] s_kept = ["@timestamp", "type"];

    private readonly EventOptions _options;
    private readonly List<EventProcessor> _steps = [];
    private readonly Dictionary<EventProcessor, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ulong, EventForm> _forms = [];
    private readonly EventValues? _values;

    /// <exception cref="ArgumentException">There are more than 64 steps, or a value has a type that events cannot hold.</exception>
    internal ProcessorPlan(EventOptions options)
    {
        _options = options;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        bool hasConditions = Number(options.Processors, asked);
        if (_steps.Count > MaximumSteps)
        {
            throw new ArgumentException($"more than {MaximumSteps} processors", nameof(options));
        }

        _values = hasConditions ? new EventValues(asked) : null;
        Untouched = FormOf(0);
        Unconditional = FormOf(_steps.Count == MaximumSteps ? ulong.MaxValue : (1UL << _steps.Count) - 1);
    }

    /// <summary>True: which steps act is not known before the event's values are.</summary>
    internal bool HasConditions => _values is not null;

    /// <summary>The form of an event on which no step acts.</summary>
    internal EventForm Untouched { get; }

    /// <summary>The form of all events when there are no conditions.</summary>
    internal EventForm Unconditional { get; }

    /// <summary>The form for the event whose untouched document this is; null when a step drops it.</summary>
    internal EventForm? Choose(ReadOnlySpan<byte> document)
    {
        _values!.Read(document);
        ulong acting = 0;
        return Act(_options.Processors, ref acting) ? FormOf(acting) : null;
    }

    /// <summary>False: the event is dropped.</summary>
    private bool Act(IReadOnlyList<EventProcessor> steps, ref ulong acting)
    {
        foreach (EventProcessor step in steps)
        {
            if (step.When is { } condition && !condition.Holds(_values!))
            {
                continue;
            }

            switch (step)
            {
                case EventProcessor.DropEvent:
                    return false;
                case EventProcessor.Branch branch:
                    if (!Act(branch.If.Holds(_values!) ? branch.Then : branch.Else, ref acting))
                    {
                        return false;
                    }

                    break;
                default:
                    acting |= 1UL << _numbers[step];
                    KeepUp(step);
                    break;
            }
        }

        return true;
    }

    /// <summary>Conditions of later steps see what this one did.</summary>
    private void KeepUp(EventProcessor step)
    {
        switch (step)
        {
            case EventProcessor.DropFields drop:
                _values!.RemoveWhere(path => IsDropped(drop, path));
                break;
            case EventProcessor.IncludeFields include:
                _values!.RemoveWhere(path => !IsIncluded(include, path) && !include.Paths.Any(kept => FieldPath.Covers(path, kept)));
                break;
            case EventProcessor.AddFields add:
                foreach ((string path, object value) in add.Values)
                {
                    _values!.Set(path, value);
                }

                break;
            case EventProcessor.AddTags add:
                _values!.Append(add.Path, add.Tags);
                break;
            default:
                break;
        }
    }

    private EventForm FormOf(ulong acting)
    {
        if (_forms.TryGetValue(acting, out EventForm? form))
        {
            return form;
        }

        if (_forms.Count >= MaximumForms)
        {
            _forms.Clear();
        }

        return _forms[acting] = MakeForm(acting);
    }

    private EventForm MakeForm(ulong acting)
    {
        SortedDictionary<string, object> added = ConfiguredFields.Paths(_options);
        FieldSelection selection = FieldSelection.From(_options).Without(ConfiguredFields.Replaced(added.Keys, _options.Layout));
        for (int number = 0; number < _steps.Count; number++)
        {
            if ((acting >> number & 1) != 0)
            {
                selection = Apply(_steps[number], selection, added);
            }
        }

        return new EventForm(selection, new ConfiguredFields(added, _options.Layout), _options.Sensor);
    }

    private FieldSelection Apply(EventProcessor step, FieldSelection selection, SortedDictionary<string, object> added)
    {
        switch (step)
        {
            case EventProcessor.DropFields drop:
                RemoveWhere(added, path => IsDropped(drop, path));
                return selection.Without(drop.Paths.Where(path => !s_kept.Contains(path)));
            case EventProcessor.IncludeFields include:
                RemoveWhere(added, path => !IsIncluded(include, path));
                return selection.Only([.. include.Paths, .. s_kept]);
            case EventProcessor.AddFields add:
                foreach ((string path, object value) in add.Values)
                {
                    RemoveWhere(added, known => FieldPath.Covers(path, known) || FieldPath.Covers(known, path));
                    added[path] = value;
                }

                return selection.Without(ConfiguredFields.Replaced(add.Values.Keys, _options.Layout));
            case EventProcessor.AddTags add:
                object[] tags = added.TryGetValue(add.Path, out object? known) ? Items(known) : [];
                added[add.Path] = tags.Union(add.Tags).ToArray();
                return selection.Without(ConfiguredFields.Replaced([add.Path], _options.Layout));
            default:
                throw new ArgumentException($"no such processor: {step.GetType().Name}", nameof(step));
        }
    }

    private static object[] Items(object value) =>
        value is string or not System.Collections.IEnumerable ? [value] : [.. ((System.Collections.IEnumerable)value).Cast<object>()];

    private static bool IsDropped(EventProcessor.DropFields drop, string path) => !s_kept.Contains(path) && FieldPath.IsCoveredByAny(drop.Paths, path);

    private static bool IsIncluded(EventProcessor.IncludeFields include, string path) => s_kept.Contains(path) || FieldPath.IsCoveredByAny(include.Paths, path);

    private static void RemoveWhere(SortedDictionary<string, object> added, Predicate<string> isGone)
    {
        foreach (string path in added.Keys.Where(path => isGone(path)).ToArray())
        {
            added.Remove(path);
        }
    }

    /// <summary>Numbers the steps that change an event, in their order, and notes what conditions ask for. True when there are conditions.</summary>
    private bool Number(IReadOnlyList<EventProcessor> steps, HashSet<string> asked)
    {
        bool hasConditions = false;
        foreach (EventProcessor step in steps)
        {
            if (step.When is { } condition)
            {
                hasConditions = true;
                asked.UnionWith(condition.Paths);
            }

            switch (step)
            {
                case EventProcessor.DropEvent:
                    hasConditions = true;
                    break;
                case EventProcessor.Branch branch:
                    hasConditions = true;
                    asked.UnionWith(branch.If.Paths);
                    Number(branch.Then, asked);
                    Number(branch.Else, asked);
                    break;
                default:
                    _numbers.Add(step, _steps.Count);
                    _steps.Add(step);
                    break;
            }
        }

        return hasConditions;
    }
}
