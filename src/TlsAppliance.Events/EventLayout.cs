namespace TlsAppliance.Events;

/// <summary>How the <c>tls</c> object is laid out; the envelope around it is ECS in both.</summary>
public enum EventLayout : byte
{
    /// <summary>Packetbeat 6: <c>tls.handshake_completed</c>, <c>tls.client_hello</c>, <c>tls.server_certificate</c> …</summary>
    Classic = 0,

    /// <summary>Today's Packetbeat: <c>tls.established</c>, <c>tls.detailed.*</c>, <c>tls.*.x509</c>.</summary>
    Ecs,
}
