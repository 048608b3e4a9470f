namespace TlsAppliance.Capture.Devices;

/// <summary>How a card spreads frames over its receive queues: a Toeplitz hash of addresses and ports, then a table from hash to queue.</summary>
/// <param name="Key">Key of the hash; empty when the driver keeps it to itself.</param>
/// <param name="Queues">The table.</param>
/// <param name="IsSymmetricTransform">The card folds both directions of a connection together before it hashes.</param>
public sealed record ReceiveHash(byte[] Key, int[] Queues, bool IsSymmetricTransform)
{
    /// <summary>Toeplitz gives both directions the same hash exactly when its key repeats after 16 bits (Woo and Park, 2012).</summary>
    private const int Period = 2;

    public bool IsSymmetric => IsSymmetricTransform || (Key.Length > Period && Enumerable.Range(Period, Key.Length - Period).All(index => Key[index] == Key[index - Period]));

    /// <summary>Queues that get frames at all.</summary>
    public int UsedQueues => Queues.Distinct().Count();
}
