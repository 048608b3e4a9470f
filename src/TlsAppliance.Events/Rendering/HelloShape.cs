namespace TlsAppliance.Events.Rendering;

/// <summary>What has been rendered of all hellos that are equal but for random, session id, server name and GREASE values.</summary>
internal sealed class HelloShape(HelloKind kind, byte[] key)
{
    private readonly Fragment?[] _parts = new Fragment?[(int)HelloPart.Count];

    public Fragment? this[HelloPart part]
    {
        get => _parts[(int)part];
        set => _parts[(int)part] = value;
    }

    public bool Is(HelloKind other, ReadOnlySpan<byte> bytes) => kind == other && bytes.SequenceEqual(key);
}
