using System.Text;
using System.Text.Json;

namespace TlsAppliance.Events.Processing;

/// <summary>
/// The values of one event that conditions ask for: read from its document in one pass, then kept up with what the steps before a condition did.
/// </summary>
internal sealed class EventValues
{
    private readonly Node _root = new("");
    private readonly Dictionary<string, Node> _byPath = new(StringComparer.Ordinal);

    /// <param name="paths">The fields that will be asked for.</param>
    internal EventValues(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Node node = _root;
            foreach (string name in path.Split('.'))
            {
                node = node.ChildOrNew(name);
            }

            _byPath[path] = node;
        }
    }

    /// <summary>The field's values; none when it is not there.</summary>
    internal IReadOnlyList<object> Find(string path) => _byPath[path].Values;

    /// <summary>True also for an object.</summary>
    internal bool Has(string path) => _byPath[path].IsThere;

    /// <summary>Takes the values of this document in place of those of the last.</summary>
    internal void Read(ReadOnlySpan<byte> document)
    {
        foreach (Node node in _byPath.Values)
        {
            node.Clear();
        }

        var reader = new Utf8JsonReader(document);
        reader.Read();
        ReadObject(ref reader, _root);
    }

    /// <summary>What a step put at this path.</summary>
    internal void Set(string path, object value)
    {
        foreach ((string known, Node node) in _byPath)
        {
            if (FieldPath.Covers(known, path))
            {
                if (known == path)
                {
                    node.Clear();
                    node.AddAll(value);
                }

                node.IsThere = true;
            }
        }
    }

    internal void Append(string path, IEnumerable<string> texts)
    {
        if (_byPath.TryGetValue(path, out Node? node))
        {
            node.AddAll(texts.Where(text => !node.Values.Contains(text)).ToArray());
        }
    }

    /// <summary>Takes away what a step took away.</summary>
    internal void RemoveWhere(Predicate<string> isGone)
    {
        foreach ((string path, Node node) in _byPath)
        {
            if (isGone(path))
            {
                node.Clear();
            }
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, Node node)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Node? child = node.Child(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                ReadValue(ref reader, child);
            }
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, Node node)
    {
        node.IsThere = true;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(ref reader, node);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    ReadValue(ref reader, node);
                }

                break;
            case JsonTokenType.String:
                node.AddAll(reader.GetString()!);
                break;
            case JsonTokenType.Number:
                node.AddAll(reader.TryGetInt64(out long whole) ? whole : reader.GetDouble());
                break;
            case JsonTokenType.True or JsonTokenType.False:
                node.AddAll(reader.GetBoolean());
                break;
            default:
                break;
        }
    }

    /// <summary>One name in the tree of the fields that are asked for.</summary>
    private sealed class Node(string name)
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
        private readonly List<Node> _children = [];
        private readonly List<object> _values = [];

        internal IReadOnlyList<object> Values => _values;

        internal bool IsThere { get; set; }

        internal Node ChildOrNew(string child)
        {
            byte[] encoded = Encoding.UTF8.GetBytes(child);
            Node? known = _children.Find(node => node._name.AsSpan().SequenceEqual(encoded));
            if (known is null)
            {
                _children.Add(known = new Node(child));
            }

            return known;
        }

        internal Node? Child(ref Utf8JsonReader reader)
        {
            foreach (Node child in _children)
            {
                if (reader.ValueTextEquals(child._name))
                {
                    return child;
                }
            }

            return null;
        }

        internal void AddAll(object value)
        {
            IsThere = true;
            if (value is string or not System.Collections.IEnumerable)
            {
                _values.Add(value is int number ? (long)number : value);
                return;
            }

            foreach (object item in (System.Collections.IEnumerable)value)
            {
                _values.Add(item);
            }
        }

        internal void Clear()
        {
            _values.Clear();
            IsThere = false;
        }
    }
}
