namespace TlsAppliance.Events.Rendering;

/// <summary>Keeps hellos apart that could have the same shape and are written in another way.</summary>
internal enum HelloKind : byte
{
    Client,
    Ssl2Client,
    Server,
}
