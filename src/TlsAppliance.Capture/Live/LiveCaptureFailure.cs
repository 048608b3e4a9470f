namespace TlsAppliance.Capture.Live;

/// <summary>Why an interface cannot be captured.</summary>
public enum LiveCaptureFailure
{
    /// <summary>No interface has this name.</summary>
    NoSuchInterface,

    /// <summary>The process lacks CAP_NET_RAW.</summary>
    NoPermission,

    /// <summary>The filter is not one.</summary>
    BadFilter,

    /// <summary>The interface is down at the moment.</summary>
    Down,

    /// <summary>Anything else that the system said no to.</summary>
    Refused,
}
