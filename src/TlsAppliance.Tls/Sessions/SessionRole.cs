namespace TlsAppliance.Tls.Sessions;

/// <summary>What the messages of a direction say about who sends there.</summary>
internal enum SessionRole : byte
{
    Unknown = 0,
    Client,
    Server,
}
