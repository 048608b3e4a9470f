using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

public sealed class SessionListsTests
{
    private readonly SessionLists _lists = new();

    [Fact]
    public void A_list_goes_to_the_next_session_that_has_something_to_put_into_it()
    {
        TlsSessionTracker first = Tracker(), second = Tracker();
        IReadOnlyList<CertificateFacts> list = Conversation.Tls12().Run(first).Session.ServerCertificates;
        first.Reset();
        Assert.Empty(first.Session.ServerCertificates);
        Assert.NotSame(list, Conversation.Tls13().Run(second).Session.ServerCertificates);
        second.Reset();
        Assert.Same(list, Conversation.Tls12().Run(second).Session.ServerCertificates);
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void Open_sessions_do_not_see_each_other()
    {
        TlsSessionTracker[] trackers = [Tracker(), Tracker(), Tracker()];
        for (int round = 0; round < 4; round++)
        {
            foreach (Conversation conversation in (Conversation[])[.. Conversation.Complete(), Alerted(), Alerted().Swapped()])
            {
                string alone = Conversation.Facts(conversation.Run());
                foreach (TlsSessionTracker tracker in trackers)
                {
                    _ = conversation.Run(tracker);
                }

                Assert.All(trackers, tracker => Assert.Equal(alone, Conversation.Facts(tracker)));
                trackers[round % trackers.Length].Reset();
                _ = Conversation.ClientAuthentication().Run(trackers[round % trackers.Length]);
                Assert.All(trackers.Where((_, i) => i != round % trackers.Length), tracker => Assert.Equal(alone, Conversation.Facts(tracker)));
                Array.ForEach(trackers, tracker => tracker.Reset());
            }
        }
    }

    [Fact]
    public void Idle_lists_hold_no_certificates()
    {
        ListPool<CertificateFacts> pool = new();
        List<CertificateFacts> list = pool.Rent();
        list.Add(new CertificateCache().GetOrAdd(Conversation.SomeCertificate));
        pool.Return(list);
        Assert.Empty(list);
        Assert.Same(list, pool.Rent());
        Assert.NotSame(list, pool.Rent());
    }

    private static Conversation Alerted() => new Conversation()
        .Originator(new Hello().Client())
        .Responder(new Hello().Server(), TlsBytes.Certificate(Conversation.SomeCertificate), TlsBytes.Alert(1, 90))
        .Originator(TlsBytes.Alert(2, 40));

    private TlsSessionTracker Tracker() => new(new TlsOptions(), new HandshakeBufferPool(), new CertificateCache(), _lists);
}
