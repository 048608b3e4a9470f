using TlsAppliance.Events.Delivery;
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

        long before = GC.GetAllocatedBytesForCurrentThread();
        Render(renderer, session, connection, batch, Events);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
