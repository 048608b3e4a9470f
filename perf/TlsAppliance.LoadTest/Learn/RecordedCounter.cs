namespace TlsAppliance.LoadTest.Learn;

/// <summary>What the instrumented code of one method counted at one place.</summary>
/// <param name="Kind">The runtime's ICorJitInfo::PgoInstrumentationKind: its low bits say what a value is, the others what it counts.</param>
/// <param name="Offset">Offset in the method's IL.</param>
/// <param name="Other">A detail that depends on the kind: the other end of an edge, flags of a probe.</param>
/// <param name="Values">One line for each value.</param>
internal sealed record RecordedCounter(int Kind, int Offset, int Other, IReadOnlyList<string> Values)
{
    private const int ValueMask = 15;

    // Kinds that count how often a block or an edge was taken, without their widths (PgoInstrumentationKind of the runtime's corjit.h).
    private const int BlockCount = 0x40;
    private const int EdgeCount = 0x180;

    /// <summary>What its values are.</summary>
    public CounterValue Value => (CounterValue)(Kind & ValueMask);

    /// <summary>True when its value is how often the code ran.</summary>
    public bool IsExecutionCount => (Kind & ~ValueMask) is BlockCount or EdgeCount && Value is CounterValue.FourBytes or CounterValue.EightBytes;
}
