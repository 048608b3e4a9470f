namespace TlsAppliance.Doctor.Readings;

/// <summary>What came of the attempt to use one host of the output.</summary>
/// <param name="Failure">Why it cannot be used; null: it can.</param>
/// <param name="Found">What was found on the way.</param>
internal sealed record OutputTrialOutcome(string? Failure, IReadOnlyList<string> Found);
