namespace TlsAppliance.Events.Rendering;

/// <summary>Runs of properties that are made from a hello's shape alone: neither random nor session id nor server name enters them.</summary>
internal enum HelloPart : byte
{
    /// <summary>What the server selected, at the top of <c>tls</c>; not in the classic layout.</summary>
    Selection = 0,

    /// <summary>What stands in <c>client</c> or <c>server</c> behind the server name.</summary>
    Summary,

    /// <summary>The classic layout's object of JA3.</summary>
    Ja3,

    /// <summary>What stands in the object of the hello between session id and extensions.</summary>
    Offer,

    /// <summary>All extensions with a form of their own but the server name, and the names of the others.</summary>
    Extensions,

    /// <summary>What stands in <c>tls_appliance.client</c> or <c>tls_appliance.server</c>.</summary>
    Appliance,
    Count,
}
