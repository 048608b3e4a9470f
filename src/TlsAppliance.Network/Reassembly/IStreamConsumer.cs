namespace TlsAppliance.Network.Reassembly;

/// <summary>Receives one TCP direction in order. Implemented by a struct, so that the calls are direct.</summary>
public interface IStreamConsumer
{
    /// <summary>The next bytes of the stream, borrowed for the call. False: the rest of this direction is not wanted.</summary>
    bool OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>A hole of <paramref name="missing"/> bytes (at least 1) was given up; the next bytes come after it.</summary>
    void OnGap(long missing);
}
