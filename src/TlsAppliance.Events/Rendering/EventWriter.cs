using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Json;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// Writes the fields of one event: asks the selection, puts the layout's name in front, keeps the bounds and remembers what was cut. Null and empty
/// values are left out, and so are objects and lists in which nothing stands.
/// </summary>
internal ref struct EventWriter
{
    private readonly FieldSelection _fields;
    private readonly ConfiguredFields _configured;
    private JsonWriter _json;
    private FieldSet _truncated;
    private EventField? _list;
    private int _listStart;
    private int _entriesLeft;
    private int _listEnd;

    internal EventWriter(Span<byte> buffer, FieldSelection fields, ConfiguredFields configured, FieldSet truncated)
    {
        _json = new JsonWriter(buffer);
        _fields = fields;
        _configured = configured;
        _truncated = truncated;
    }

    internal readonly EventLayout Layout => _fields.Layout;

    internal readonly int Length => _json.Length;

    internal readonly bool Overflowed => _json.Overflowed;

    internal readonly FieldSet TruncatedFields => _truncated;

    /// <summary>True when this is the selection in use.</summary>
    internal readonly bool UsesFields(FieldSelection fields) => ReferenceEquals(_fields, fields);

    internal readonly bool Includes(EventField field) => _fields.Includes(field);

    internal readonly void MarkTruncated(EventField field) => _truncated.Add(field);

    internal void StartRoot() => _json.Append((byte)'{');

    internal void EndRoot()
    {
        AddConfigured(EventObjects.Root);
        _json.Append((byte)'}');
    }

    /// <summary>Returns the mark for <see cref="EndObject"/>.</summary>
    internal int StartObject(EventObject target) => _json.Open(target.EncodedName(Layout), (byte)'{');

    internal void EndObject(EventObject target, int mark, bool keepEmpty = false)
    {
        AddConfigured(target);
        _json.Close(mark, (byte)'}', keepEmpty);
    }

    /// <summary>A list of objects; each entry is put between <see cref="StartEntry"/> and <see cref="EndEntry"/>.</summary>
    internal int StartObjects(EventObject target) => _json.Open(target.EncodedName(Layout), (byte)'[');

    internal void EndObjects(int mark) => _json.Close(mark, (byte)']');

    internal int StartEntry() => _json.OpenEntry((byte)'{');

    internal void EndEntry(int mark) => _json.Close(mark, (byte)'}');

    internal void Text(EventField field, scoped ReadOnlySpan<byte> utf8, bool keepEmpty = false)
    {
        if ((!utf8.IsEmpty || keepEmpty) && Begin(field) && !_json.Text(utf8, EventBounds.TextBytes))
        {
            _truncated.Add(field);
        }
    }

    internal void Text(EventField field, string? text)
    {
        if (!string.IsNullOrEmpty(text) && Begin(field) && !_json.Text(text, EventBounds.TextBytes))
        {
            _truncated.Add(field);
        }
    }

    /// <summary>Text of our own making: printable ASCII without quotes and backslashes, shorter than any bound.</summary>
    internal void PlainText(EventField field, scoped ReadOnlySpan<byte> ascii)
    {
        if (!ascii.IsEmpty && Begin(field))
        {
            _json.PlainText(ascii);
        }
    }

    /// <summary>Like <see cref="PlainText"/>. Returns where the text begins, or -1 when the field is not wanted.</summary>
    internal int PlainTextAt(EventField field, scoped ReadOnlySpan<byte> ascii)
    {
        if (!Begin(field))
        {
            return -1;
        }

        _json.PlainText(ascii);
        return _json.Length - 1 - ascii.Length;
    }

    internal void Number(EventField field, long value)
    {
        if (Begin(field))
        {
            _json.Number(value);
        }
    }

    internal void Number(EventField field, long? value)
    {
        if (value is { } number)
        {
            Number(field, number);
        }
    }

    /// <summary>Left out when zero.</summary>
    internal void Count(EventField field, long value)
    {
        if (value != 0)
        {
            Number(field, value);
        }
    }

    internal void Boolean(EventField field, bool value)
    {
        if (Begin(field))
        {
            _json.Boolean(value);
        }
    }

    /// <summary>Left out when false.</summary>
    internal void Flag(EventField field, bool value)
    {
        if (value)
        {
            Boolean(field, value);
        }
    }

    internal void LowerHex(EventField field, scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && Begin(field))
        {
            _json.LowerHex(bytes);
        }
    }

    internal void UpperHex(EventField field, scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && Begin(field))
        {
            _json.UpperHex(bytes);
        }
    }

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    internal void Time(EventField field, long nanoseconds)
    {
        Span<byte> text = stackalloc byte[DateText.Length];
        DateText.WriteNanoseconds(nanoseconds, text);
        PlainText(field, text);
    }

    /// <summary>Seconds since 1970-01-01T00:00:00Z; left out when null.</summary>
    internal void Date(EventField field, long? seconds)
    {
        if (seconds is { } value)
        {
            Span<byte> text = stackalloc byte[DateText.Length];
            DateText.WriteSeconds(value, 0, text);
            PlainText(field, text);
        }
    }

    /// <summary>False when the field is not wanted: then neither entries nor end follow.</summary>
    internal bool StartList(EventField field, int entries = EventBounds.ListEntries, int bytes = EventBounds.ListBytes)
    {
        ReadOnlySpan<byte> name = _fields.EncodedName(field);
        if (name.IsEmpty)
        {
            return false;
        }

        _list = field;
        _listStart = _json.Open(name, (byte)'[');
        (_entriesLeft, _listEnd) = (entries, _listStart + bytes);
        return true;
    }

    /// <summary>One text of the open list. False: the list is full, and marked as cut.</summary>
    internal bool Entry(scoped ReadOnlySpan<byte> utf8)
    {
        if (!MakeRoom())
        {
            return false;
        }

        MarkCut(_json.Text(utf8, EventBounds.TextBytes));
        return true;
    }

    /// <inheritdoc cref="Entry(ReadOnlySpan{byte})"/>
    internal bool Entry(string text)
    {
        if (!MakeRoom())
        {
            return false;
        }

        MarkCut(_json.Text(text, EventBounds.TextBytes));
        return true;
    }

    /// <summary>One text of our own making as an entry of the open list; see <see cref="PlainText"/>.</summary>
    internal void PlainEntry(scoped ReadOnlySpan<byte> ascii)
    {
        if (MakeRoom())
        {
            _json.PlainText(ascii);
        }
    }

    internal void EndList(bool keepEmpty = false) => _json.Close(_listStart, (byte)']', keepEmpty);

    /// <summary>One finished JSON value as the whole of a field.</summary>
    internal void Json(EventField field, scoped ReadOnlySpan<byte> json)
    {
        if (Begin(field))
        {
            _json.Append(json);
        }
    }

    /// <summary>One finished JSON value as an entry of the open list, whose bounds the caller keeps.</summary>
    internal void JsonEntry(scoped ReadOnlySpan<byte> json)
    {
        _json.Separate();
        _json.Append(json);
    }

    /// <summary>Begins a run of properties that is to be kept; what is cut in it is noted in <paramref name="truncated"/>.</summary>
    internal FragmentMark StartFragment(FieldSet truncated)
    {
        FragmentMark mark = new(_json.Length, _truncated);
        _truncated = truncated;
        return mark;
    }

    /// <summary>The run as a copy of its own.</summary>
    internal Fragment EndFragment(FragmentMark mark)
    {
        ReadOnlySpan<byte> json = _json.From(mark.Start);
        Fragment fragment = new(json is [(byte)',', ..] ? json[1..].ToArray() : json.ToArray(), _truncated.IsEmpty ? null : _truncated.Copy());
        mark.Truncated.UnionWith(_truncated);
        _truncated.Clear();
        _truncated = mark.Truncated;
        return fragment;
    }

    internal void Append(Fragment fragment)
    {
        if (fragment.Json.Length > 0)
        {
            JsonEntry(fragment.Json);
        }

        if (fragment.Truncated is { } truncated)
        {
            _truncated.UnionWith(truncated);
        }
    }

    private bool Begin(EventField field)
    {
        ReadOnlySpan<byte> name = _fields.EncodedName(field);
        if (name.IsEmpty)
        {
            return false;
        }

        _json.Name(name);
        return true;
    }

    private bool MakeRoom()
    {
        if (_entriesLeft == 0 || _json.Length > _listEnd)
        {
            _truncated.Add(_list!);
            return false;
        }

        _entriesLeft--;
        _json.Separate();
        return true;
    }

    private readonly void MarkCut(bool whole)
    {
        if (!whole)
        {
            _truncated.Add(_list!);
        }
    }

    private void AddConfigured(EventObject target)
    {
        ReadOnlySpan<byte> added = _configured.AddedTo(target);
        if (!added.IsEmpty)
        {
            JsonEntry(added);
        }
    }
}
