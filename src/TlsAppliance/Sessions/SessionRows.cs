namespace TlsAppliance.Sessions;

/// <summary>Takes event documents, hands on the rows that are wanted and counts them all: a large replay must not be held in memory to be shown.</summary>
/// <param name="wants">Whether a session that began at a time is worth reading.</param>
/// <param name="show">Takes a row and its time.</param>
internal sealed class SessionRows(Func<long, bool> wants, Action<SessionRow, long> show) : ISessionIntake
{
    /// <summary>The earliest sessions, for a table.</summary>
    public SessionRows(EarliestRows rows)
        : this(rows.Wants, rows.Add)
    {
    }

    /// <summary>Sessions seen, shown or not.</summary>
    public long Sessions { get; private set; }

    /// <inheritdoc/>
    /// <remarks>One whose time is not known comes after those before it.</remarks>
    public bool Take(ReadOnlyMemory<byte> document, long? time)
    {
        long place = time ?? Sessions;
        if (wants(place))
        {
            if (!SessionRowReader.TryRead(document, out SessionRow? row))
            {
                return false;
            }

            show(row!, place);
        }

        Sessions++;
        return true;
    }
}
