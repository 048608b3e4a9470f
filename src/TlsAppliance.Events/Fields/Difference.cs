namespace TlsAppliance.Events.Fields;

/// <summary>One deliberate difference from Packetbeat.</summary>
/// <param name="Number">Packetbeat's defect (<c>B1</c> …), or <c>D1</c> … for a choice of ours.</param>
/// <param name="Ecs">Field in the ECS layout; <c>*</c> and <c>?</c> stand for any text and any character. Null: no single field shows it.</param>
/// <param name="Classic">Field in the classic layout, or null.</param>
/// <param name="Theirs">Their value as a pattern, or what they do.</param>
/// <param name="Ours">Our value as a pattern, or what we do; <c>(absent)</c> when we leave the field out.</param>
/// <param name="Reason">Why ours is right.</param>
public sealed record Difference(string Number, string? Ecs, string? Classic, string Theirs, string Ours, string Reason)
{
    /// <summary>
    /// True when a value-by-value comparison has to be told. The others show in what was on the wire, in the moment of publishing, or in no field at all.
    /// </summary>
    public bool NeedsAllowance { get; init; }

    /// <summary><c>FIELD=THEIRS=OURS</c>, as comparing tools take it.</summary>
    public string Allowance => $"{Ecs}={Theirs}={Ours}";
}
