namespace TlsAppliance.Events.Rendering;

/// <summary>The places in an event where a certificate is shown; each has its own properties.</summary>
internal enum CertificateForm : byte
{
    /// <summary><c>tls.server.subject</c>, <c>hash</c> and their neighbours.</summary>
    ServerSummary = 0,

    /// <summary>The object of the server's first certificate.</summary>
    ServerFirst,

    /// <summary>An entry of the server's chain.</summary>
    ServerChain,
    ClientSummary,
    ClientFirst,
    ClientChain,

    /// <summary>The certificate in PEM form, one JSON string.</summary>
    Pem,
}
