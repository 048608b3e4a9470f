using System.Globalization;

namespace TlsAppliance.Sessions;

/// <summary>
/// Decides what of each column is shown in a given width: texts become shorter step by step, then columns go, the least telling first, until a line fits.
/// </summary>
internal sealed class SessionTableLayout
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    /// <summary>No text is wider than this, whatever the terminal.</summary>
    private const int MaximumCell = 64;

    private const string CipherPrefix = "TLS_";

    /// <summary>What is given up, in this order.</summary>
    private static readonly Action<SessionTableLayout>[] s_steps =
    [
        layout => layout._timeFormat = "yyyy-MM-dd HH:mm:ss",
        layout => layout._shortCiphers = true,
        layout => layout.Limit(SessionColumn.Server, 40),
        layout => layout.RemoveIfEmpty(SessionColumn.Alert),
        layout => layout.RemoveIfEmpty(SessionColumn.Resumed),
        layout => layout.RemoveIfEmpty(SessionColumn.Group),
        layout => layout.RemoveIfEmpty(SessionColumn.Expires),
        layout => layout._timeFormat = "HH:mm:ss",
        layout => layout._clientPorts = false,
        layout => layout.Limit(SessionColumn.Server, 32),
        layout => layout.Limit(SessionColumn.Cipher, 28),
        layout => layout.Limit(SessionColumn.Alert, 20),
        layout => layout.Limit(SessionColumn.Group, 14),
        layout => layout._shortVersions = true,
        layout => layout.Limit(SessionColumn.Server, 26),
        layout => layout.Limit(SessionColumn.Cipher, 22),
        layout => layout.Limit(SessionColumn.Alert, 16),
        layout => layout.Limit(SessionColumn.Group, 10),
        layout => layout.Limit(SessionColumn.Client, 20),
        layout => layout.Limit(SessionColumn.Server, 22),
        layout => layout.Limit(SessionColumn.Cipher, 18),
        layout => layout.Remove(SessionColumn.Group),
        layout => layout.Limit(SessionColumn.Client, 15),
        layout => layout.Limit(SessionColumn.Server, 18),
        layout => layout.Limit(SessionColumn.Cipher, 14),
        layout => layout.Limit(SessionColumn.Alert, 12),
        layout => layout.Remove(SessionColumn.Expires),
        layout => layout.Remove(SessionColumn.Resumed),
        layout => layout.Remove(SessionColumn.Cipher),
        layout => layout.Remove(SessionColumn.Alert),
        layout => layout.Limit(SessionColumn.Server, 12),
        layout => layout.Remove(SessionColumn.Version),
    ];

    private readonly IReadOnlyList<SessionRow> _rows;
    private readonly Dictionary<SessionColumn, int> _limits = [];
    private readonly HashSet<SessionColumn> _removed = [];
    private string _timeFormat = "yyyy-MM-dd HH:mm:ss.fff";
    private bool _clientPorts = true;
    private bool _shortVersions;
    private bool _shortCiphers;

    public SessionTableLayout(IReadOnlyList<SessionRow> rows, int width)
    {
        _rows = rows;
        foreach (Action<SessionTableLayout> giveUp in s_steps)
        {
            if (TotalWidth() <= width)
            {
                break;
            }

            giveUp(this);
        }

        SpendRest(width);
    }

    public IEnumerable<SessionColumn> Columns => Enum.GetValues<SessionColumn>().Where(column => !_removed.Contains(column));

    /// <summary>Characters of the column's widest cell, its header included.</summary>
    public int Width(SessionColumn column)
    {
        int widest = _rows.Select(row => Text(row, column).Length).DefaultIfEmpty().Max();
        return Math.Max(Header(column).Length, Math.Min(widest, _limits.GetValueOrDefault(column, MaximumCell)));
    }

    public string Header(SessionColumn column) => column switch
    {
        SessionColumn.Version when _shortVersions => "TLS",
        _ => column.ToString(),
    };

    /// <summary>The cell, safe for a terminal and cut to its column.</summary>
    public string Cell(SessionRow row, SessionColumn column) => Printable.Text(Text(row, column), Width(column));

    private int TotalWidth() => Columns.Sum(column => Width(column) + Gap) - Gap;

    /// <summary>The last step often gives up more than was needed; texts that were cut get it back, the most telling first.</summary>
    private void SpendRest(int width)
    {
        foreach (SessionColumn column in (ReadOnlySpan<SessionColumn>)[SessionColumn.Server, SessionColumn.Cipher, SessionColumn.Alert, SessionColumn.Client])
        {
            int rest = width - TotalWidth();
            if (rest > 0 && _limits.TryGetValue(column, out int limit) && Width(column) >= limit)
            {
                Limit(column, Width(column) + rest);
            }
        }
    }

    private void Limit(SessionColumn column, int width) => _limits[column] = width;

    private void Remove(SessionColumn column) => _removed.Add(column);

    private void RemoveIfEmpty(SessionColumn column)
    {
        if (_rows.All(row => Text(row, column).Length == 0))
        {
            Remove(column);
        }
    }

    private string Text(SessionRow row, SessionColumn column) => column switch
    {
        SessionColumn.Time => row.Time.ToString(_timeFormat, CultureInfo.InvariantCulture),
        SessionColumn.Client => _clientPorts ? SessionRowReader.Endpoint(row.ClientAddress, row.ClientPort) : row.ClientAddress,
        SessionColumn.Server => row.Server,
        SessionColumn.Version => ShortenedBy(row.Version, "TLS ", _shortVersions),
        SessionColumn.Cipher => ShortenedBy(row.Cipher, CipherPrefix, _shortCiphers).Replace("_WITH_", _shortCiphers ? "_" : "_WITH_", StringComparison.Ordinal),
        SessionColumn.Group => row.Group,
        SessionColumn.Resumed => row.Resumed,
        SessionColumn.Alert => row.Alert,
        SessionColumn.Expires => row.CertificateExpiry?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => "",
    };

    private static string ShortenedBy(string text, string prefix, bool shorten) =>
        shorten && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
}
