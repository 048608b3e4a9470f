namespace TlsAppliance.Events.Rendering;

/// <summary>Runs of properties that are made from a hello's shape alone: neither random nor session id nor server name enters them.</summary>
internal enum HelloPart : byte
{
    /// <summary>Offered suites, or the selected one.</summary>
    CipherSuites = 0,
    CompressionMethods,

    /// <summary>All extensions with a form of their own but the server name, and the names of the others.</summary>
    Extensions,
    Ja3,
    Ja3Text,
    Ja4,
    Ja4Forms,
    ExtensionNames,
    KeyShares,
    Count,
}
