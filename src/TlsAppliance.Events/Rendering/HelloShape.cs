namespace TlsAppliance.Events.Rendering;

/// <summary>What has been rendered of all hellos that are equal but for random, session id, server name and GREASE values.</summary>
internal sealed class HelloShape(byte[] key)
{
    private readonly Fragment?[] _parts = new Fragment?[(int)HelloPart.Count];

    /// <summary>The bytes that hellos of this shape share.</summary>
    public ReadOnlySpan<byte> Key => key;

    public Fragment? this[HelloPart part]
    {
        get => _parts[(int)part];
        set => _parts[(int)part] = value;
    }
}
