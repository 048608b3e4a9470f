using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Places;

/// <summary>Knows where addresses are. Asked by several shards at a time, for each event twice; answers without waiting and remembers what it has found.</summary>
public interface IAddressPlaces
{
    /// <summary>Null when nothing is known.</summary>
    AddressPlace? Find(in IpAddress address);
}
