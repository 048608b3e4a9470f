namespace TlsAppliance.Tls.Alerts;

/// <summary>One alert that was sent in the clear (RFC 8446 §6).</summary>
/// <param name="FromClient">Who sent it.</param>
/// <param name="Level">1 warning, 2 fatal; other values as on the wire.</param>
/// <param name="Description">AlertDescription; names: <see cref="AlertDescriptions"/>.</param>
public readonly record struct Alert(bool FromClient, byte Level, byte Description);
