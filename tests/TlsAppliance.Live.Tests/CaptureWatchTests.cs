using Microsoft.Extensions.Time.Testing;
using TlsAppliance.Commands;
using TlsAppliance.Pipeline.Capture;

namespace TlsAppliance.Live.Tests;

public sealed class CaptureWatchTests : IDisposable
{
    private const string Down = "eth1: the interface is down or gone; it is opened again when it is back";

    private readonly FakeTimeProvider _time = new();
    private readonly CaptureHealth _health = new("eth1", thread: 0);
    private readonly List<string> _told = [];
    private readonly CaptureWatch _watch;

    public CaptureWatchTests() => _watch = new CaptureWatch([_health], _told.Add, _time);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void Tells_once_that_an_interface_went_away_and_once_that_it_came_back()
    {
        GoDown();
        Look();
        Look();
        Assert.Equal([Down], _told);
        ComeBack(TimeSpan.FromSeconds(1.5));
        Look();
        Look();
        Assert.Equal([Down, "eth1: captured again, after 1.5 s in all without"], _told);
    }

    [Fact]
    public void Tells_of_an_outage_that_was_over_before_it_looked()
    {
        GoDown();
        ComeBack(TimeSpan.FromMilliseconds(110));
        Look();
        Assert.Equal([Down, "eth1: captured again, after 0.1 s in all without"], _told);
    }

    [Fact]
    public void Tells_of_the_next_outage_when_the_return_from_the_first_was_not_looked_at()
    {
        GoDown();
        Look();
        ComeBack(TimeSpan.FromMilliseconds(100));
        GoDown();
        Look();
        Assert.Equal([Down, Down], _told);
    }

    [Fact]
    public void Tells_at_its_end_what_came_after_the_last_look()
    {
        GoDown();
        _watch.Dispose();
        Assert.Equal([Down], _told);
    }

    private void GoDown() => _health.Failure = "the interface is down or gone";

    private void ComeBack(TimeSpan after)
    {
        _health.Down += after;
        _health.Failure = null;
    }

    private void Look() => _time.Advance(TimeSpan.FromSeconds(1));
}
