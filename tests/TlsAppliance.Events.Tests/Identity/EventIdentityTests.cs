using TlsAppliance.Events.Identity;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests.Identity;

public class EventIdentityTests
{
    private static readonly ConnectionFacts Connection = Rendered.Connection();

    [Fact]
    public void Is_the_same_for_the_same_session() => Assert.Equal(Compute(Session(), Connection), Compute(Session(), Connection));

    /// <summary>Another value would make every event a new document when a capture is replayed again.</summary>
    [Fact]
    public void Stays_what_it_is() => Assert.Equal("0256a110083cfbbc", Compute(Session(), Connection).ToString("x32", null)[..16]);

    [Fact]
    public void Everything_that_names_the_session_changes_it()
    {
        ConnectionFacts later = Connection with { FirstFrameTime = Connection.FirstFrameTime + 1 };
        ConnectionFacts second = Connection with { Ordinal = 1 };
        TlsSession other = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder { Random = new byte[32] }).ServerHello(new HeldHelloBuilder()).Build();
        TlsSession half = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).Build();
        TlsSession completed = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).ServerHello(new HeldHelloBuilder()).Completed().Build();
        TlsSession gap = new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).ServerHello(new HeldHelloBuilder()).Gaps(false, true).Build();
        UInt128[] ids =
        [
            Compute(Session(), Connection), Compute(Session(), later), Compute(Session(), second), Compute(Session(), Rendered.Connection(clientPort: 1)),
            Compute(other, Connection), Compute(half, Connection), Compute(completed, Connection), Compute(gap, Connection), Compute(Session(), Connection, "sensor-2"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void What_depends_on_the_moment_of_publishing_does_not_change_it()
    {
        ConnectionFacts longer = Connection with { OriginatorBytes = 9, ResponderPackets = 9, LastFrameTime = 9, EndReason = EndReason.Rst };
        Assert.Equal(Compute(Session(), Connection), Compute(Session(), longer));
    }

    [Fact]
    public void Stands_in_the_event_as_32_hexadecimal_digits()
    {
        string? id = (string?)Rendered.Event(Session(), Rendered.Ecs).At("event.id");
        Assert.Equal(Compute(Session(), Connection).ToString("x32", null), id);
    }

    private static TlsSession Session() => new TlsSessionBuilder().ClientHello(new HeldHelloBuilder()).ServerHello(new HeldHelloBuilder()).Build();

    private static UInt128 Compute(TlsSession session, in ConnectionFacts connection, string sensor = "")
    {
        EventIdentity identity = new(sensor);
        byte[] message = new byte[identity.MessageLength];
        identity.WriteMessage(session, connection, message);
        return new IdentityHash().Compute(message);
    }
}
