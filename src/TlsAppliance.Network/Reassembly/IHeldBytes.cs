namespace TlsAppliance.Network.Reassembly;

/// <summary>Is told what a stream holds behind holes.</summary>
public interface IHeldBytes
{
    /// <summary>Bytes at <paramref name="sequence"/>, borrowed for the call.</summary>
    void OnHeld(TcpSequence sequence, ReadOnlySpan<byte> bytes);
}
