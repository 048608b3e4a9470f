namespace TlsAppliance.Capture.Live;

/// <summary>Frames that an interface has lost since this was made. An interface that was deleted and made anew counts from zero again.</summary>
internal sealed class InterfaceLoss(string name)
{
    private readonly long _before = NetworkInterfaces.Lost(name);
    private long _last;

    public long Total
    {
        get
        {
            long now = NetworkInterfaces.Lost(name) - _before;
            return _last = Math.Max(_last, now);
        }
    }
}
