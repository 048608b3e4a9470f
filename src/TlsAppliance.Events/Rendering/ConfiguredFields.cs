using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// The settings <c>tags</c>, <c>fields</c> and <c>fields_under_root</c>, and what processors add, encoded once: for each object that every event has the JSON that is
/// added to it. A configured field wins over a field of ours at the same place.
/// </summary>
internal sealed class ConfiguredFields
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[]?[] _added = new byte[EventObjects.All.Count][];

    /// <param name="values">Full path to value.</param>
    /// <param name="layout">Whose objects the paths name.</param>
    /// <exception cref="ArgumentException">A value has a type that events cannot hold.</exception>
    internal ConfiguredFields(IReadOnlyDictionary<string, object> values, EventLayout layout)
    {
        SortedDictionary<string, object>[] trees = [.. EventObjects.All.Select(_ => new SortedDictionary<string, object>(StringComparer.Ordinal))];
        foreach ((string path, object value) in values)
        {
            EventObject owner = DeepestOwner(path, layout);
            Insert(trees[owner.Index], BelowOwner(path, owner, layout).Split('.'), value);
        }

        for (int i = 0; i < trees.Length; i++)
        {
            _added[i] = trees[i].Count == 0 ? null : Encode(trees[i]);
        }
    }

    /// <summary>The options' own fields and tags, by their full paths.</summary>
    internal static SortedDictionary<string, object> Paths(EventOptions options)
    {
        var paths = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach ((string path, object value) in options.Fields)
        {
            paths[options.FieldsUnderRoot ? path : $"fields.{path}"] = value;
        }

        if (options.Tags.Count > 0)
        {
            paths["tags"] = options.Tags;
        }

        return paths;
    }

    /// <summary>What of ours makes room for fields at these paths: whatever stands at or below the first name under an object that every event has.</summary>
    internal static IEnumerable<string> Replaced(IEnumerable<string> paths, EventLayout layout) => paths.Select(path =>
    {
        string rest = BelowOwner(path, DeepestOwner(path, layout), layout);
        return path[..^rest.Length] + rest.Split('.')[0];
    }).ToArray();

    /// <summary>Properties to add to this object, or nothing.</summary>
    internal ReadOnlySpan<byte> AddedTo(EventObject target) => _added[target.Index];

    private static string BelowOwner(string path, EventObject owner, EventLayout layout) =>
        owner == EventObjects.Root ? path : path[(owner.Path(layout)!.Length + 1)..];

    private static EventObject DeepestOwner(string path, EventLayout layout) => EventObjects.All
        .Where(candidate => candidate.AlwaysWritten && candidate.Path(layout) is { } owner
            && (owner.Length == 0 || path.StartsWith(owner + ".", StringComparison.Ordinal)))
        .MaxBy(candidate => candidate.Path(layout)!.Length)!;

    private static void Insert(SortedDictionary<string, object> tree, ReadOnlySpan<string> path, object value)
    {
        if (path.Length == 1)
        {
            tree[path[0]] = value;
            return;
        }

        if (!tree.TryGetValue(path[0], out object? child) || child is not SortedDictionary<string, object> branch)
        {
            tree[path[0]] = branch = new SortedDictionary<string, object>(StringComparer.Ordinal);
        }

        Insert(branch, path[1..], value);
    }

    /// <summary>The properties without the braces around them.</summary>
    private static byte[] Encode(SortedDictionary<string, object> tree)
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json, WriterOptions))
        {
            Write(writer, tree);
        }

        return json.WrittenSpan[1..^1].ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case SortedDictionary<string, object> tree:
                writer.WriteStartObject();
                foreach ((string name, object child) in tree)
                {
                    writer.WritePropertyName(name);
                    Write(writer, child);
                }

                writer.WriteEndObject();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, null));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case System.Collections.IEnumerable list:
                writer.WriteStartArray();
                foreach (object item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"a configured field cannot be of the type {value.GetType()}", nameof(value));
        }
    }
}
