using System.Globalization;
using System.Net;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Sessions.Query;

/// <summary>
/// Reads a filter: <c>FIELD</c>, <c>FIELD=VALUE</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, joined by <c>and</c>, <c>or</c>, <c>not</c>
/// and parentheses. Values may have <c>*</c> and <c>?</c>, be networks (<c>10.0.0.0/8</c>), dates, sizes, or times to run from the session on
/// (<c>not_after&lt;30d</c>); in quotes they are texts as they stand.
/// </summary>
internal sealed class SessionFilterParser
{
    private const int MaximumDepth = 64;

    private static readonly string[] s_operators = ["!=", "<=", ">=", "=", "<", ">"];
    private static readonly DurationFormat s_duration = new(TimeSpan.Zero, TimeSpan.FromDays(365_000));

    private readonly string _text;
    private int _position;
    private int _depth;

    private SessionFilterParser(string text) => _text = text;

    /// <exception cref="QueryException">The text is no filter.</exception>
    public static SessionFilter Parse(string text)
    {
        var parser = new SessionFilterParser(text);
        SessionFilter filter = parser.AnyOf();
        parser.SkipBlanks();
        return parser._position == text.Length ? filter : throw parser.Problem("expected \"and\", \"or\" or the end");
    }

    private SessionFilter AnyOf()
    {
        if (++_depth > MaximumDepth)
        {
            throw Problem("nested too deeply");
        }

        List<SessionFilter> filters = [AllOf()];
        while (TakeWord("or") || Take("||"))
        {
            filters.Add(AllOf());
        }

        _depth--;
        return filters is [var only] ? only : new SessionFilter.Any(filters);
    }

    private SessionFilter AllOf()
    {
        List<SessionFilter> filters = [One()];
        while (TakeWord("and") || Take("&&"))
        {
            filters.Add(One());
        }

        return filters is [var only] ? only : new SessionFilter.All(filters);
    }

    private SessionFilter One()
    {
        SkipBlanks();
        if (TakeWord("not") || (Peek() == '!' && Take("!")))
        {
            if (++_depth > MaximumDepth)
            {
                throw Problem("nested too deeply");
            }

            var negated = new SessionFilter.Not(One());
            _depth--;
            return negated;
        }

        if (Take("("))
        {
            SessionFilter inner = AnyOf();
            return Take(")") ? inner : throw Problem("expected \")\"");
        }

        return Comparison();
    }

    private SessionFilter Comparison()
    {
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '.' or '_' or '-' or '@'))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Problem("expected a field");
        }

        SessionField field = SessionField.Find(_text[start.._position]);
        SkipBlanks();
        string? comparison = s_operators.FirstOrDefault(Take);
        if (comparison is null)
        {
            return new SessionFilter.Present(field);
        }

        string value = Value(out bool isQuoted);
        return comparison switch
        {
            "=" => new SessionFilter.Compared(field, Equality(field, value, isQuoted)),
            "!=" => new SessionFilter.Not(new SessionFilter.Compared(field, Equality(field, value, isQuoted))),
            _ => new SessionFilter.Compared(field, Order(comparison, value)),
        };
    }

    private string Value(out bool isQuoted)
    {
        SkipBlanks();
        isQuoted = Peek() is '"' or '\'';
        if (isQuoted)
        {
            char quote = _text[_position++];
            int end = _text.IndexOf(quote, _position);
            if (end < 0)
            {
                throw Problem($"expected a closing {quote}");
            }

            string quoted = _text[_position..end];
            _position = end + 1;
            return quoted;
        }

        int start = _position;
        while (_position < _text.Length && _text[_position] is not (' ' or '\t' or '(' or ')'))
        {
            _position++;
        }

        return _position > start ? _text[start.._position] : throw Problem("expected a value");
    }

    private static Func<EventDocument, string, bool> Equality(SessionField field, string value, bool isQuoted)
    {
        string normal = field.Normal(value);
        if (!isQuoted && value.AsSpan().ContainsAny('*', '?'))
        {
            return (_, text) => Wildcard.Matches(normal, text);
        }

        if (!isQuoted && IPNetwork.TryParse(value, out IPNetwork network))
        {
            return (_, text) => IPAddress.TryParse(text, out IPAddress? address) && network.Contains(address);
        }

        return (_, text) => string.Equals(text, normal, StringComparison.OrdinalIgnoreCase);
    }

    private Func<EventDocument, string, bool> Order(string comparison, string value)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return (_, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double other) && Holds(comparison, other.CompareTo(number));
        }

        if (DateText.TryParse(value, out DateTimeOffset date))
        {
            return (_, text) => DateText.TryParse(text, out DateTimeOffset other) && Holds(comparison, other.CompareTo(date));
        }

        if (TryDuration(value, out TimeSpan duration))
        {
            return (document, text) => Holds(comparison, text, document, duration);
        }

        throw Problem($"expected a number, a date such as 2030-01-31 or a time such as 30d after {comparison}, found \"{Printable.Text(value, 40)}\"");
    }

    /// <summary>A date compares by the time from the session to it, a number of nanoseconds as a duration.</summary>
    private static bool Holds(string comparison, string text, EventDocument document, TimeSpan duration)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long nanoseconds))
        {
            return Holds(comparison, nanoseconds.CompareTo(duration.Ticks * TimeSpan.NanosecondsPerTick));
        }

        return DateText.TryParse(text, out DateTimeOffset date) && DateText.TryParse(document.Text(["@timestamp"]), out DateTimeOffset time) &&
            Holds(comparison, (date - time).CompareTo(duration));
    }

    private static bool Holds(string comparison, int order) => comparison switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        return text.EndsWith('d') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double days) && days <= 365_000
            ? (duration = TimeSpan.FromDays(days)) >= TimeSpan.Zero
            : s_duration.TryParse(text, out duration);
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private bool Take(string token)
    {
        SkipBlanks();
        if (string.CompareOrdinal(_text, _position, token, 0, token.Length) != 0)
        {
            return false;
        }

        _position += token.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipBlanks();
        int end = _position + word.Length;
        bool isThere = end <= _text.Length && _text.AsSpan(_position, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase) &&
            (end == _text.Length || _text[end] is ' ' or '\t' or '(' or '!');
        _position = isThere ? end : _position;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private QueryException Problem(string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{message} at character {_position + 1} of \"{Printable.Text(_text, 80)}\""));
}
