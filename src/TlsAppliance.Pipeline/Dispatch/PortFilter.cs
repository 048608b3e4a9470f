namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>The <c>ports</c> of the configuration: a connection is read when either of its ports is listed; an empty list admits all.</summary>
internal sealed class PortFilter
{
    private readonly bool[]? _listed;

    public PortFilter(IReadOnlyList<ushort> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        _listed = new bool[ushort.MaxValue + 1];
        foreach (ushort port in ports)
        {
            _listed[port] = true;
        }
    }

    public bool Admits(ushort port, ushort otherPort) => _listed is null || _listed[port] || _listed[otherPort];
}
