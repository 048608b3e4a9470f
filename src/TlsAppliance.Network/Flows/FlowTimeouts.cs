namespace TlsAppliance.Network.Flows;

/// <summary>How long a flow of each <see cref="FlowClass"/> may go without a frame. Packet time, looked at on ticks.</summary>
public sealed record FlowTimeouts
{
    /// <value>30 seconds: longer than a stack repeats its SYN before it waits longer than that.</value>
    public TimeSpan Embryonic { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>120 seconds: late segments and acknowledgments of a finished session are gone by then.</value>
    public TimeSpan Settled { get; init; } = TimeSpan.FromSeconds(120);

    /// <value>60 seconds: a mail client may think that long before STARTTLS.</value>
    public TimeSpan Undecided { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>10 seconds; matches Packetbeat's <c>transaction_timeout</c>.</value>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeSpan this[FlowClass flowClass] => flowClass switch
    {
        FlowClass.Embryonic => Embryonic,
        FlowClass.Settled => Settled,
        FlowClass.Undecided => Undecided,
        _ => Handshake,
    };
}
