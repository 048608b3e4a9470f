using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Benchmarks.Network.Reassembly;

/// <summary>Takes a stream and looks at nothing.</summary>
internal struct ByteCounter : IStreamConsumer
{
    public long Bytes { get; private set; }

    public bool OnBytes(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        return true;
    }

    public void OnGap(long missing) => Bytes -= missing;
}
