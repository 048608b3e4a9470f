namespace TlsAppliance.Doctor.Readings;

/// <summary>What came of an attempt to join a fanout group.</summary>
internal enum FanoutOutcome
{
    Supported,
    NoPermission,
    NoDevice,
    Refused,
}
