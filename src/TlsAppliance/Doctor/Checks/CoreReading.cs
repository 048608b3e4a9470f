namespace TlsAppliance.Doctor.Checks;

/// <summary>Cores that the process may use, and shards that are configured (0: one per core).</summary>
internal readonly record struct CoreReading(int Cores, int Shards);
