using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Pipeline.Survey;

/// <summary>Bytes of a stream that were passed over and may still come.</summary>
internal readonly record struct StreamHole(TcpSequence Start, TcpSequence End)
{
    public int Length => Start.DistanceTo(End);
}
