using System.Net.Sockets;
using System.Text;
using TlsAppliance.Systemd;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Systemd;

/// <summary>What a service manager hears, on a socket of the test's own.</summary>
public sealed class ServiceReporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
    private readonly TimerOfTheTest _time = new();

    [Fact]
    public void Tells_that_it_is_ready_what_it_does_that_it_lives_and_that_it_stops()
    {
        using ServiceReporter reporter = Start(Listen(), TimeSpan.FromSeconds(30), () => false);
        Assert.Equal("READY=1\nSTATUS=capturing on eth1\nWATCHDOG=1", Hear());
        Assert.Equal(TimeSpan.FromSeconds(10), _time.Period);
        _time.Fire();
        Assert.Equal("STATUS=capturing on eth1\nWATCHDOG=1", Hear());
        reporter.Stopping();
        Assert.StartsWith("STOPPING=1\nSTATUS=", Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_silent_to_the_watchdog_while_something_hangs()
    {
        bool hangs = false;
        using ServiceReporter reporter = Start(Listen(), TimeSpan.FromSeconds(4), () => hangs);
        Hear();
        Assert.Equal(TimeSpan.FromSeconds(2), _time.Period);
        hangs = true;
        _time.Fire();
        Assert.Equal("STATUS=capturing on eth1", Hear());
        hangs = false;
        _time.Fire();
        Assert.EndsWith("WATCHDOG=1", Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_watchdog_there_is_the_status_alone()
    {
        using ServiceReporter reporter = Start(Listen(), watchdog: null, () => false);
        Assert.Equal("READY=1\nSTATUS=capturing on eth1", Hear());
        _time.Fire();
        Assert.Equal("STATUS=capturing on eth1", Hear());
    }

    [Fact]
    public void An_abstract_socket_is_one_too()
    {
        string name = "tls-appliance-test-" + Guid.NewGuid().ToString("N");
        _manager.Bind(new UnixDomainSocketEndPoint('\0' + name));
        using ServiceReporter reporter = Start('@' + name, watchdog: null, () => false);
        Assert.StartsWith("READY=1", Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_the_status_is_no_message_of_its_own()
    {
        using ServiceReporter? reporter = ServiceReporter.Start(Listen(), null, () => "eth1\nWATCHDOG=1", () => false, _time);
        Assert.Equal("READY=1\nSTATUS=eth1\uFFFDWATCHDOG=1", Hear());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("relative")]
    [InlineData("vsock:2:1234")]
    public void Without_a_manager_there_is_no_reporter(string? address) => Assert.Null(ServiceReporter.Start(address, null, () => "", () => false, _time));

    [Fact]
    public void A_name_that_no_socket_can_have_is_none() => Assert.Null(ServiceReporter.Start("/" + new string('a', 200), null, () => "", () => false, _time));

    [Fact]
    public void A_manager_that_is_gone_is_no_reason_to_stop()
    {
        using ServiceReporter reporter = Start(_folder.Combine("nobody"), TimeSpan.FromSeconds(1), () => false);
        _time.Fire();
        reporter.Stopping();
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "7", 30.0)]
    [InlineData("500", null, 0.0005)]
    [InlineData("30000000", "8", null)]
    [InlineData("30000000", "x", null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData("9223372036854775807", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdogs_period_is_ours_when_it_is_meant_for_us(string? microseconds, string? process, double? seconds) =>
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, WatchdogPeriod.Parse(microseconds, process, self: 7));

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    private ServiceReporter Start(string address, TimeSpan? watchdog, Func<bool> hangs) =>
        ServiceReporter.Start(address, watchdog, () => "capturing on eth1", hangs, _time)!;

    private string Listen()
    {
        string path = _folder.Combine("notify");
        _manager.Bind(new UnixDomainSocketEndPoint(path));
        return path;
    }

    private string Hear()
    {
        byte[] message = new byte[4096];
        return Encoding.UTF8.GetString(message, 0, _manager.Receive(message));
    }

    /// <summary>One timer, which fires when the test says so.</summary>
    private sealed class TimerOfTheTest : TimeProvider, ITimer
    {
        private TimerCallback _callback = _ => { };

        public TimeSpan Period { get; private set; }

        public void Fire() => _callback(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, Period) = (callback, period);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
