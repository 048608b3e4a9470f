namespace TlsAppliance.Sessions;

/// <summary>A column of the table, in its order.</summary>
internal enum SessionColumn
{
    Time,
    Client,
    Server,
    Version,
    Cipher,
    Group,
    Resumed,
    Alert,
    Expires,
}
