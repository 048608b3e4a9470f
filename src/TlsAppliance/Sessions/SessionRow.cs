namespace TlsAppliance.Sessions;

/// <summary>What the table shows of one session. Texts are as they stand in the event: not yet fit for a terminal. Empty: not known.</summary>
internal sealed record SessionRow
{
    /// <summary>Start of the session, as in <c>@timestamp</c>.</summary>
    public required DateTimeOffset Time { get; init; }

    public string ClientAddress { get; init; } = "";

    public int ClientPort { get; init; }

    /// <summary>The name that the client asked for, or else the server's address and port.</summary>
    public string Server { get; init; } = "";

    /// <summary><c>TLS 1.3</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>IANA name of the cipher suite.</summary>
    public string Cipher { get; init; } = "";

    /// <summary>Group of the key exchange.</summary>
    public string Group { get; init; } = "";

    /// <summary><c>id</c>, <c>ticket</c>, <c>psk</c>, <c>yes</c> when the way is not known; empty for a full handshake.</summary>
    public string Resumed { get; init; } = "";

    /// <summary>The first alert, a fatal one before a warning.</summary>
    public string Alert { get; init; } = "";

    /// <summary>When the server's certificate expires.</summary>
    public DateTimeOffset? CertificateExpiry { get; init; }
}
