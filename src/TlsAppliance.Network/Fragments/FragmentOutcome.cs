namespace TlsAppliance.Network.Fragments;

/// <summary>What became of one fragment.</summary>
public enum FragmentOutcome : byte
{
    /// <summary>Kept; its datagram still has holes.</summary>
    Held = 0,

    /// <summary>It was the last one missing: the datagram is handed out.</summary>
    Completed,

    /// <summary>Brought no new byte.</summary>
    Duplicate,

    /// <summary>Contradicts its datagram (beyond 65,535 bytes, beyond the end) or a bound; not kept.</summary>
    Rejected,
}
