using TlsAppliance.Events.Delivery;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

public class AllocationTests
{
    private const int WarmUp = 200;
    private const int Events = 1000;

    [Theory]
    [InlineData(EventLayout.Classic)]
    [InlineData(EventLayout.Ecs)]
    public void An_event_allocates_nothing_once_its_certificates_are_known(EventLayout layout)
    {
        TlsEventRenderer renderer = new(Rendered.Classic with { Layout = layout, IncludeRawCertificates = true, Tags = ["a"], Sensor = "tap" });
        TlsSession session = ClassicLayoutTests.Documented().Alert(true, 2, 40).ClientCertificates(ForgedCertificates.Full).Build();
        ConnectionFacts connection = Rendered.Connection();
        EventBatch batch = new(64 * 1024, 4);
        Render(renderer, session, connection, batch, WarmUp);

        Assert.Equal(0, Allocations.Of(() => Render(renderer, session, connection, batch, Events)));
    }

    /// <summary>Too long to be known again by its shape: every event reads and names each of them, and nothing per extension is kept.</summary>
    [Theory]
    [InlineData(EventLayout.Classic)]
    [InlineData(EventLayout.Ecs)]
    public void A_hello_of_as_many_extensions_as_fit_allocates_nothing(EventLayout layout)
    {
        const int longest = ushort.MaxValue / 4, some = 20;
        HeldHelloBuilder hello = new();
        for (int i = 0; i < longest; i++)
        {
            hello.Extension((ushort)(0x4000 + i), 0, []);
        }

        TlsEventRenderer renderer = new(Rendered.Classic with { Layout = layout });
        TlsSession session = new TlsSessionBuilder().ClientHello(hello).Build();
        ConnectionFacts connection = Rendered.Connection();
        EventBatch batch = new(1024 * 1024, 1);
        Render(renderer, session, connection, batch, some);

        Assert.Equal(0, Allocations.Of(() => Render(renderer, session, connection, batch, some)));
        Assert.Equal(1, batch.Count);
    }

    private static void Render(TlsEventRenderer renderer, TlsSession session, in ConnectionFacts connection, EventBatch batch, int count)
    {
        for (int i = 0; i < count; i++)
        {
            batch.Clear();
            renderer.Render(session, connection, batch);
        }
    }
}
