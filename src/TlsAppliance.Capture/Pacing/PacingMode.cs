namespace TlsAppliance.Capture.Pacing;

/// <summary>How fast a replay goes, in tcpreplay's words.</summary>
public enum PacingMode : byte
{
    /// <summary>As fast as the engine takes it.</summary>
    TopSpeed = 0,

    /// <summary>The capture's own times, divided by the rate: 1 is real time, 2 is twice as fast.</summary>
    Multiplier,

    /// <summary>The rate is frames per second.</summary>
    FramesPerSecond,

    /// <summary>The rate is megabits (10^6 bits on the wire) per second.</summary>
    MegabitsPerSecond,
}
