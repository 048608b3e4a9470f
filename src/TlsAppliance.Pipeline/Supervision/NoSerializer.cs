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

    /// <summary>As Akka makes it: it has settings for the serializer whose place this one takes.</summary>
    public NoSerializer(ExtendedActorSystem system, Config _)
        : base(system)
    {
    }

    /// <summary>That of the serializer whose place it takes.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new NotSupportedException(Reason);

    public override object FromBinary(byte[] bytes, Type type) => throw new NotSupportedException(Reason);
}
