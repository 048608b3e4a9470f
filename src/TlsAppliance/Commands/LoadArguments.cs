using TlsAppliance.Capture.Pacing;

namespace TlsAppliance.Commands;

/// <summary>How fast, how often and how long a capture is replayed, in tcpreplay's words.</summary>
internal sealed record LoadArguments
{
    public static readonly LoadArguments Plain = new();

    public PacingMode Mode { get; init; } = PacingMode.TopSpeed;

    /// <summary>What <see cref="Mode"/> says it is.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How often; 0: without end.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>Each loop has new addresses, and so new sessions and ids; else a loop repeats the one before.</summary>
    public bool UniqueFlows { get; init; }

    /// <summary>Read everything into memory before the clock starts.</summary>
    public bool Preload { get; init; }

    /// <summary>Zero: until the end of the input.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Frames; 0: all.</summary>
    public long Limit { get; init; }
}
