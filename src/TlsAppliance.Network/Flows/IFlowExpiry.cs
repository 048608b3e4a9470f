namespace TlsAppliance.Network.Flows;

/// <summary>Told which flows have been idle for too long. Implemented by a struct, so that the calls are direct.</summary>
public interface IFlowExpiry
{
    /// <summary>The flow at <paramref name="index"/> is due: remove it, or classify it anew.</summary>
    void OnExpired(int index);
}
