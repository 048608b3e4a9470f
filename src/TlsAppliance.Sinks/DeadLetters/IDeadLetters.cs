namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>Where events go that the target refuses for what they are. Any thread; one call at a time gets in.</summary>
public interface IDeadLetters
{
    /// <summary>
    /// Keeps the letters, in order. When it returns, what it counts as written is synced, so that the events may be acknowledged. Give it all letters of one
    /// answer at once: one sync for all.
    /// </summary>
    /// <returns>
    /// How many were written, from the first on. The rest met the bound of the dead letters, is counted here as dropped, and is to be acknowledged too: the
    /// caller counts it as dropped (<c>dead_letters_full</c>).
    /// </returns>
    /// <exception cref="OutputException">The disk took none of them. Nothing may be acknowledged; try again later.</exception>
    ValueTask<int> WriteAsync(ReadOnlyMemory<DeadLetter> letters, CancellationToken cancellationToken);
}
