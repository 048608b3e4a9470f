namespace TlsAppliance.Events.Delivery;

/// <summary>
/// An event's identity, 128 bits. Two words where events are made, for a method in which <see cref="UInt128"/> occurs is not compiled ahead of time; that number where they are indexed.
/// </summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
public readonly record struct EventId(ulong High, ulong Low)
{
    private const int HalfBits = 64;

    public static implicit operator UInt128(EventId id) => new(id.High, id.Low);

    public static implicit operator EventId(UInt128 number) => new((ulong)(number >> HalfBits), (ulong)number);
}
