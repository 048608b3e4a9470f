namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>What became of dead letters. Counters begin with the process.</summary>
/// <param name="Written">Counter: letters written and synced.</param>
/// <param name="Dropped">Counter: letters that met the bound (<see cref="DeadLetterPolicy.DropNewer"/>).</param>
/// <param name="DeletedFiles">Counter: files deleted for their age, or to make room (<see cref="DeadLetterPolicy.DropOlder"/>).</param>
/// <param name="Bytes">Gauge: bytes of all files.</param>
public readonly record struct DeadLetterState(long Written, long Dropped, long DeletedFiles, long Bytes);
