using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace TlsAppliance.Pipeline.Supervision;

/// <summary>
/// No message leaves the process. Every actor system makes the serializer that is configured, and Akka's is made of a JSON library: loading it takes a twentieth of the CPU time of a replay of
/// one packet.
/// </summary>
internal sealed class NoSerializer : Serializer
{
    private const string Reason = "Messages of the engine stay in its process.";

    public NoSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>As Akka makes a serializer for which it has settings.</summary>
    public NoSerializer(ExtendedActorSystem system, Config _)
        : this(system)
    {
    }

    /// <summary>That of Akka's first one; others are looked up in the configuration.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new NotSupportedException(Reason);

    public override object FromBinary(byte[] bytes, Type type) => throw new NotSupportedException(Reason);
}
