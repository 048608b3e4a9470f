namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>How much of the server's certificate has to be right, in Packetbeat's words.</summary>
public enum CertificateVerification
{
    /// <summary>Issued by one that we trust, and for the name that we asked for.</summary>
    Full,

    /// <summary>As <see cref="Full"/>, and the name stands among the subject's alternative names: the common name does not count.</summary>
    Strict,

    /// <summary>Issued by one that we trust, for whatever name.</summary>
    Certificate,

    /// <summary>Anything: the connection is hidden from listeners and from nobody else.</summary>
    None,
}
