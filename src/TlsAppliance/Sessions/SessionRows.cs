namespace TlsAppliance.Sessions;

/// <summary>Takes event documents, hands on the rows of the first ones and counts them all: a large replay must not be held in memory to be shown.</summary>
internal sealed class SessionRows(int maximum, Action<SessionRow> show)
{
    /// <summary>Sessions seen, shown or not.</summary>
    public long Sessions { get; private set; }

    private int _shown;

    /// <summary>False when the document is no event; beyond the maximum nobody looks.</summary>
    public bool Take(ReadOnlyMemory<byte> document)
    {
        if (_shown < maximum)
        {
            if (!SessionRowReader.TryRead(document, out SessionRow? row))
            {
                return false;
            }

            _shown++;
            show(row!);
        }

        Sessions++;
        return true;
    }
}
