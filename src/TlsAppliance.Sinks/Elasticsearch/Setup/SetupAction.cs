namespace TlsAppliance.Sinks.Elasticsearch.Setup;

/// <summary>What is done about one thing that the server should have.</summary>
public enum SetupAction
{
    /// <summary>It is not there.</summary>
    Create,

    /// <summary>It is there and differs, or replacing it was asked for.</summary>
    Replace,

    /// <summary>It is there as it should be, or is not ours to change.</summary>
    Keep,

    /// <summary>This server does not know such things, or it is switched off.</summary>
    Skip,
}
