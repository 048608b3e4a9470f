using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Rendering;

/// <summary>Runs of properties that are the same in all events, or one of two; written once for each selection of fields, copied ever after.</summary>
internal sealed class FixedRuns
{
    private const int FirstRoom = 1024;

    internal FixedRuns(FieldSelection fields, ConfiguredFields configured, string sensor)
    {
        Established = Make(fields, configured, static (ref EventWriter writer) => Envelope.WriteOutcome(ref writer, "OK"u8));
        NotEstablished = Make(fields, configured, static (ref EventWriter writer) => Envelope.WriteOutcome(ref writer, "Error"u8));
        Kind = Make(fields, configured, Envelope.WriteKind);
        Ipv4 = Make(fields, configured, static (ref EventWriter writer) => Envelope.WriteProtocols(ref writer, "ipv4"u8));
        Ipv6 = Make(fields, configured, static (ref EventWriter writer) => Envelope.WriteProtocols(ref writer, "ipv6"u8));
        Observer = Make(fields, configured, (ref EventWriter writer) => Envelope.WriteObserver(ref writer, sensor));
    }

    private delegate void WriteRun(ref EventWriter writer);

    /// <summary>Type and outcome of a session that was established.</summary>
    internal Fragment Established { get; }

    /// <inheritdoc cref="Established"/>
    internal Fragment NotEstablished { get; }

    /// <summary>What stands in <c>event</c> before the id.</summary>
    internal Fragment Kind { get; }

    /// <summary>What stands in <c>network</c> before the community id.</summary>
    internal Fragment Ipv4 { get; }

    /// <inheritdoc cref="Ipv4"/>
    internal Fragment Ipv6 { get; }

    /// <summary>The objects <c>ecs</c> and <c>observer</c>.</summary>
    internal Fragment Observer { get; }

    private static Fragment Make(FieldSelection fields, ConfiguredFields configured, WriteRun write)
    {
        for (int size = FirstRoom; ; size *= 2)
        {
            EventWriter writer = new(new byte[size], fields, configured, new FieldSet());
            FragmentMark mark = writer.StartFragment(new FieldSet());
            write(ref writer);
            if (!writer.Overflowed)
            {
                return writer.EndFragment(mark);
            }
        }
    }
}
