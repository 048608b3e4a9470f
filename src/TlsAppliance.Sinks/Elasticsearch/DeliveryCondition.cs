namespace TlsAppliance.Sinks.Elasticsearch;

/// <summary>How delivery goes, as an operator wants to be told.</summary>
public enum DeliveryCondition
{
    /// <summary>Events are taken, or there are none.</summary>
    Delivering,

    /// <summary>The server cannot be reached or is overloaded; it is tried again and again.</summary>
    Retrying,

    /// <summary>Somebody has to mend something: credentials, a block, a full disk, a missing index. It is tried again and again, too.</summary>
    Blocked,
}
