namespace TlsAppliance.Network.Fragments;

/// <summary>How a fragment met the bytes that had come before it.</summary>
internal enum FragmentOverlap : byte
{
    None = 0,

    /// <summary>Some bytes came again, unchanged.</summary>
    Same,

    /// <summary>Some bytes came again and were others.</summary>
    Differing,

    /// <summary>All bytes had come before.</summary>
    Duplicate,

    /// <summary>All bytes had come before, and some were others.</summary>
    DifferingDuplicate,
}
