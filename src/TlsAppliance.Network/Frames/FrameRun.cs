namespace TlsAppliance.Network.Frames;

/// <summary>
/// Frames that follow each other in the time line of the whole input: a range of one block's records. Its receiver owns one
/// reference to <see cref="Block"/> and releases it.
/// </summary>
/// <param name="Block">Holds the bytes and the records.</param>
/// <param name="Start">First record of the run.</param>
/// <param name="Count">Records in the run, at least 1; 0 from an interface on which nothing came for a while (see <see cref="ILiveSource"/>).</param>
/// <param name="Input">Ordinal of the input (file) that the run comes from, in the order given by the user.</param>
/// <param name="EndsSegment">
/// True when the time line ends after this run: open sessions are published, tables and clock start anew (each file of <c>--per-file</c>, each
/// pass of a plain loop). Such a run may have <paramref name="Count"/> 0.
/// </param>
public readonly record struct FrameRun(FrameBlock Block, int Start, int Count, int Input = 0, bool EndsSegment = false);
