using TlsAppliance.Sinks.Elasticsearch.Client;

namespace TlsAppliance.Sinks.Tests.Elasticsearch.Client;

public class HostPoolTests
{
    private readonly SetTime _time = new();

    private HostPool New(int hosts, bool balances = true) =>
        new(Enumerable.Range(0, hosts).Select(host => HostAddress.Parse($"h{host}", new ElasticsearchOptions())), balances, _time);

    private static string Name(HostState host) => host.Address.Root.Host;

    [Fact]
    public void Hosts_take_turns()
    {
        HostPool pool = New(3);
        Assert.Equal(["h0", "h1", "h2", "h0"], Enumerable.Range(0, 4).Select(_ => Name(pool.Next())));
    }

    [Fact]
    public void A_host_that_failed_rests_twice_as_long_each_time_up_to_a_minute()
    {
        HostPool pool = New(2);
        HostState first = pool.Next();
        double[] rests = [1, 2, 4, 8, 16, 32, 60, 60];
        foreach (double rest in rests)
        {
            pool.Failed(first);
            Assert.Equal(_time.Now.AddSeconds(rest), first.RestsUntil);
            _time.Now = first.RestsUntil;
        }

        pool.Answered(first);
        pool.Failed(first);
        Assert.Equal(_time.Now.AddSeconds(1), first.RestsUntil);
    }

    [Fact]
    public void While_one_rests_the_others_get_all()
    {
        HostPool pool = New(3);
        pool.Failed(pool.Next());
        Assert.Equal(["h1", "h2", "h1", "h2"], Enumerable.Range(0, 4).Select(_ => Name(pool.Next())));
        _time.Now = _time.Now.AddSeconds(1);
        Assert.Contains("h0", Enumerable.Range(0, 3).Select(_ => Name(pool.Next())));
    }

    [Fact]
    public void When_all_rest_the_one_that_wakes_first_is_tried()
    {
        HostPool pool = New(2);
        HostState first = pool.Next();
        pool.Failed(first);
        pool.Failed(first);
        HostState second = pool.Next();
        pool.Failed(second);
        Assert.False(pool.HasFreshHost());
        Assert.Same(second, pool.Next());
    }

    [Fact]
    public void Without_balance_the_one_in_use_stays_in_use()
    {
        HostPool pool = New(3, balances: false);
        Assert.Equal(["h0", "h0"], Enumerable.Range(0, 2).Select(_ => Name(pool.Next())));
        pool.Failed(pool.Next());
        Assert.Equal(["h1", "h1"], Enumerable.Range(0, 2).Select(_ => Name(pool.Next())));
        _time.Now = _time.Now.AddMinutes(5);
        Assert.Equal("h1", Name(pool.Next()));
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
