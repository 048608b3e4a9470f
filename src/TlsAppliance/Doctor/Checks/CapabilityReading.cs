namespace TlsAppliance.Doctor.Checks;

/// <summary>What this process may do, and which program it is.</summary>
/// <param name="HasRawNetwork">CAP_NET_RAW is in effect.</param>
/// <param name="Program">Path of the program; null when it is run by <c>dotnet</c>, to which nobody should give capabilities.</param>
/// <param name="UserId">Effective user.</param>
internal sealed record CapabilityReading(bool HasRawNetwork, string? Program, uint UserId);
