namespace TlsAppliance.Sinks.Queues;

/// <summary>
/// The numbers that were handed out and are not settled yet, as a ring: they settle in any order, and <see cref="Lowest"/> is where the cursor stands. Grows
/// to what readers hold at a time and stays there.
/// </summary>
internal sealed class SettlementWindow(long first)
{
    private const int InitialCapacity = 1024;
    private const long Settled = -1;

    /// <summary>By number: when it was appended (ms since 1970), or <see cref="Settled"/>.</summary>
    private long[] _ring = new long[InitialCapacity];

    /// <summary>The lowest number that is not settled: of those handed out, or the next to be.</summary>
    public long Lowest { get; private set; } = first;

    /// <summary>The number that is handed out next.</summary>
    public long Next { get; private set; } = first;

    /// <summary>How many are handed out and not settled.</summary>
    public long Unsettled { get; private set; }

    /// <summary>When the event at <see cref="Lowest"/> was appended, ms since 1970; null when nothing is handed out.</summary>
    public long? OldestQueued => Lowest == Next ? null : _ring[Lowest & (_ring.Length - 1)];

    /// <summary>The next number is handed out.</summary>
    /// <param name="queued">When its event was appended, ms since 1970; not negative.</param>
    public void HandOut(long queued)
    {
        if (Next - Lowest == _ring.Length)
        {
            Grow();
        }

        _ring[Next++ & (_ring.Length - 1)] = queued;
        Unsettled += queued == Settled ? 0 : 1;
    }

    /// <summary>The numbers below this one are gone without having been handed out; they count as settled.</summary>
    /// <returns>How many there are.</returns>
    public long Skip(long next)
    {
        long skipped = next - Next;
        if (Lowest == Next)
        {
            (Lowest, Next) = (next, next);
            return skipped;
        }

        while (Next < next)
        {
            HandOut(Settled);
        }

        return skipped;
    }

    /// <summary>False when the number was never handed out, or is settled already.</summary>
    public bool Settle(long number)
    {
        if (number < Lowest || number >= Next)
        {
            return false;
        }

        ref long slot = ref _ring[number & (_ring.Length - 1)];
        if (slot == Settled)
        {
            return false;
        }

        slot = Settled;
        Unsettled--;
        while (Lowest < Next && _ring[Lowest & (_ring.Length - 1)] == Settled)
        {
            Lowest++;
        }

        return true;
    }

    /// <summary>Everything below this number is given up, whoever holds it.</summary>
    public void Abandon(long next) => (Lowest, Next, Unsettled) = (next, next, 0);

    private void Grow()
    {
        var larger = new long[_ring.Length * 2];
        for (long number = Lowest; number < Next; number++)
        {
            larger[number & (larger.Length - 1)] = _ring[number & (_ring.Length - 1)];
        }

        _ring = larger;
    }
}
