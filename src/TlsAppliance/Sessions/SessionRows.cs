namespace TlsAppliance.Sessions;

/// <summary>Takes event documents, hands on the rows that are wanted and counts them all: a large replay must not be held in memory to be shown.</summary>
/// <param name="wants">Whether a session that began at a time is worth reading.</param>
/// <param name="show">Takes a row and its time.</param>
internal sealed class SessionRows(Func<long, bool> wants, Action<SessionRow, long> show)
{
    /// <summary>The earliest sessions, for a table.</summary>
    public SessionRows(EarliestRows rows)
        : this(rows.Wants, rows.Add)
    {
    }

    /// <summary>Sessions seen, shown or not.</summary>
    public long Sessions { get; private set; }

    /// <summary>One event whose place in time is not known: it comes after the ones before it. False when the document is no event.</summary>
    public bool Take(ReadOnlyMemory<byte> document) => Take(document, Sessions);

    /// <param name="document">An event.</param>
    /// <param name="time">When its session began, or any number that puts it in order.</param>
    public bool Take(ReadOnlyMemory<byte> document, long time)
    {
        if (wants(time))
        {
            if (!SessionRowReader.TryRead(document, out SessionRow? row))
            {
                return false;
            }

            show(row!, time);
        }

        Sessions++;
        return true;
    }
}
