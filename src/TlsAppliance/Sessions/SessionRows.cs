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
    public bool Take(ReadOnlyMemory<byte> document, long? time)
    {
        SessionRow? row = null;
        if (time is null && !SessionRowReader.TryRead(document, out row))
        {
            return false;
        }

        long place = time ?? ((row!.Time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        if (wants(place))
        {
            if (row is null && !SessionRowReader.TryRead(document, out row))
            {
                return false;
            }

            show(row!, place);
        }

        Sessions++;
        return true;
    }
}
