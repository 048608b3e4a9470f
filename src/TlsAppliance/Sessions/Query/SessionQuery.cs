namespace TlsAppliance.Sessions.Query;

/// <summary>What is to be shown of the sessions.</summary>
internal sealed record SessionQuery
{
    /// <summary>All must accept a session.</summary>
    public IReadOnlyList<SessionFilter> Filters { get; init; } = [];

    /// <summary>Null: by time.</summary>
    public SessionField? SortBy { get; init; }

    public bool Descending { get; init; }

    /// <summary>Values of this field are counted instead of sessions shown.</summary>
    public SessionField? Top { get; init; }

    /// <summary>Columns; empty: the usual ones.</summary>
    public IReadOnlyList<SessionField> Fields { get; init; } = [];

    /// <summary>One session in all detail: its number in the order shown, or the beginning of its id; null: all in short.</summary>
    public string? Session { get; init; }

    /// <summary>More than the table of the first sessions is asked for.</summary>
    public bool IsSpecial => Filters.Count > 0 || SortBy is not null || Top is not null || Fields.Count > 0 || Session is not null;

    /// <exception cref="QueryException">A field or filter cannot be understood.</exception>
    public static SessionQuery Parse(IReadOnlyList<string> filters, string? sort, string? top, string? fields, string? session)
    {
        bool descending = sort is not null && (sort.StartsWith('-') || sort.EndsWith(":desc", StringComparison.Ordinal));
        string? sortBy = sort?.TrimStart('-').Replace(":desc", "", StringComparison.Ordinal).Replace(":asc", "", StringComparison.Ordinal);
        return new SessionQuery
        {
            Filters = [.. filters.Select(SessionFilterParser.Parse)],
            SortBy = sortBy is null ? null : SessionField.Find(sortBy),
            Descending = descending,
            Top = top is null ? null : SessionField.Find(top),
            Fields = [.. (fields ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(SessionField.Find)],
            Session = session,
        };
    }
}
