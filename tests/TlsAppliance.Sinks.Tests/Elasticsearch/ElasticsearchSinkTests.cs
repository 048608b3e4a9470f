using System.Globalization;
using TlsAppliance.Sinks.Elasticsearch;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Testing.Elasticsearch;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

public sealed class ElasticsearchSinkTests : IAsyncDisposable
{
    private readonly FakeElasticsearch _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_event_arrives_under_its_id_in_the_index_of_its_day()
    {
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 250);
        DeliveryState state = await delivery.DrainAsync();

        Assert.Equal((250, 250, 0), (state.Created, state.Indexed, state.Pending));
        FakeIndex index = Assert.Single(_server.Cluster.Indices.Values);
        Assert.Equal("tls-appliance-classic-2026.11.28", index.Name);
        Assert.Equal(Enumerable.Range(0, 250).Select(Delivery.IdOf).Order(StringComparer.Ordinal), index.Documents.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("""{"@timestamp":"2026-11-28T00:00:00.000Z","n":7}"""u8.ToArray(), index.Documents[Delivery.IdOf(7)]);
    }

    [Fact]
    public async Task A_second_run_adds_nothing()
    {
        for (int run = 0; run < 2; run++)
        {
            await using var delivery = new Delivery(_server);
            await delivery.WriteAsync(0, 250);
            DeliveryState state = await delivery.DrainAsync();
            Assert.Equal(run == 0 ? (250, 0) : (0, 250), (state.Indexed, state.Duplicate));
        }

        Assert.Equal(250, _server.Cluster.AllDocuments().Count);
    }

    [Fact]
    public async Task What_the_target_refuses_for_itself_becomes_a_dead_letter_with_its_reason()
    {
        await using var delivery = new Delivery(_server);
        using ElasticsearchAnswer put = await delivery.Client.SendAsync(
            HttpMethod.Put, "_index_template/t", """{"index_patterns":["tls-*"],"template":{"mappings":{"properties":{"n":{"type":"long"}}}}}"""u8.ToArray(), CancellationToken.None);
        Assert.True(put.IsSuccess);
        await delivery.WriteAsync(0, 10, number => number % 5 == 0 ? """{"n":"nine"}""" : """{"n":9}""");
        DeliveryState state = await delivery.DrainAsync();

        Assert.Equal((8, 2), (state.Indexed, state.DeadLettered));
        (Sinks.DeadLetters.DeadLetter letter, string document) = delivery.DeadLetters.Letters[1];
        Assert.Equal(("""{"n":"nine"}""", 400, "mapper_parsing_exception", 1), (document, letter.Status, letter.Type, letter.Attempts));
        Assert.Equal((Delivery.IdOf(5), "tls-appliance-classic-2026.11.28"), (letter.Id.ToString("x32", CultureInfo.InvariantCulture), letter.Index));
        Assert.Contains("failed to parse field [n] of type [long]", letter.Reason, StringComparison.Ordinal);
        Assert.Contains("For input string: \"nine\"", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_event_that_spoils_its_whole_request_is_found_and_dead_lettered_alone()
    {
        _server.Poisons["\"n\":33}"] = 400;
        _server.Poisons["\"n\":77}"] = 400;
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 100);
        DeliveryState state = await delivery.DrainAsync();

        Assert.Equal((98, 2, 0), (state.Indexed, state.DeadLettered, state.Duplicate));
        Assert.Equal([Delivery.IdOf(33), Delivery.IdOf(77)], delivery.DeadLetters.Letters.Select(letter => letter.Letter.Id.ToString("x32", CultureInfo.InvariantCulture)));
        Assert.Equal(0, _server.NeedlessResends);
    }

    [Fact]
    public async Task A_server_that_refuses_every_request_of_ours_costs_no_event()
    {
        // A parameter that it does not know makes each bulk request a 400, whatever is in it.
        var options = new ElasticsearchOptions { Hosts = [_server.Url], Parameters = new Dictionary<string, string> { ["typo"] = "1" } };
        await using var delivery = new Delivery(_server, client: options);
        await delivery.WriteAsync(0, 50);
        await Delivery.UntilAsync(() => delivery.Sink.State.Condition == DeliveryCondition.Blocked);
        await Delivery.UntilAsync(() => _server.Bulks > 40);

        Assert.Empty(delivery.DeadLetters.Letters);
        Assert.Contains("unrecognized parameter: [typo]", delivery.Sink.State.Problem, StringComparison.Ordinal);
        delivery.AssertBalanced();
    }

    [Fact]
    public async Task One_event_that_breaks_the_server_holds_up_only_itself()
    {
        _server.Poisons["\"n\":33}"] = 500;
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 300);
        await Delivery.UntilAsync(() => delivery.Sink.State.Indexed == 299);
        _server.Poisons.Clear();

        Assert.Equal((300, 0), ((await delivery.DrainAsync()).Indexed, delivery.DeadLetters.Letters.Count));
    }

    [Theory]
    [InlineData(BulkFault.Status401)]
    [InlineData(BulkFault.Status403)]
    [InlineData(BulkFault.Status403Block)]
    [InlineData(BulkFault.Status404)]
    [InlineData(BulkFault.Status406)]
    [InlineData(BulkFault.Status302)]
    [InlineData(BulkFault.SomeItemsBlocked)]
    [InlineData(BulkFault.SomeItemsFloodStage)]
    [InlineData(BulkFault.SomeItemsIndexClosed)]
    [InlineData(BulkFault.SomeItemsShardLimit)]
    [InlineData(BulkFault.SomeItemsIndexMissing)]
    public async Task When_the_target_is_at_fault_it_keeps_the_events_tells_and_goes_on_when_that_is_mended(BulkFault fault)
    {
        _server.Script = (_, _) => fault;
        await using var delivery = new Delivery(_server);
        var told = new List<DeliveryCondition>();
        delivery.Sink.ConditionChanged += (condition, _) => told.Add(condition);
        await delivery.WriteAsync(0, 9);
        await Delivery.UntilAsync(() => delivery.Sink.State.Condition == DeliveryCondition.Blocked && _server.Bulks > 5);
        Assert.Contains("127.0.0.1", delivery.Sink.State.Problem, StringComparison.Ordinal);
        Assert.Empty(delivery.DeadLetters.Letters);
        delivery.AssertBalanced();

        _server.Script = (_, _) => BulkFault.None;
        Assert.Equal(9, (await delivery.DrainAsync()).Indexed);
        Assert.Contains(DeliveryCondition.Blocked, told);
        Assert.Equal(DeliveryCondition.Delivering, told[^1]);
        Assert.Equal(0, _server.NeedlessResends);
    }

    /// <summary>Of thirty events every third is refused, of these every third again, and so on: 10, 4, all 4.</summary>
    [Theory]
    [InlineData(new[] { BulkFault.SomeItems429, BulkFault.SomeItems429, BulkFault.AllItems429 }, 10 + 4 + 4, 10 + 4 + 4)]
    [InlineData(new[] { BulkFault.SomeItemsFloodStage }, 10, 10)]
    [InlineData(new[] { BulkFault.SomeItems503, BulkFault.SomeItems429 }, 10 + 4, 4)]
    [InlineData(new[] { BulkFault.Status429, BulkFault.SomeItems429 }, 30 + 10, 30 + 10)]
    public async Task Each_event_that_has_to_be_sent_again_is_counted_and_each_that_came_too_soon(BulkFault[] faults, int retried, int throttled)
    {
        _server.Script = (number, _) => number < faults.Length ? faults[number] : BulkFault.None;
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 30);
        DeliveryState state = await delivery.DrainAsync();

        Assert.Equal((30, 0, retried, throttled), (state.Indexed, state.Duplicate, state.Retried, state.Throttled));
        Assert.Equal(faults.Length + 1, state.Requests.Values.Sum());
        Assert.Equal(0, _server.NeedlessResends);
    }

    [Theory]
    [InlineData(BulkFault.ItemMissing)]
    [InlineData(BulkFault.ItemExtra)]
    public async Task An_answer_with_fewer_or_more_items_than_were_sent_settles_nothing(BulkFault fault)
    {
        _server.Script = (number, _) => number == 0 ? fault : BulkFault.None;
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 30);
        DeliveryState state = await delivery.DrainAsync();

        // The server has taken them all the first time; only the second answer may be believed.
        Assert.Equal((0, 30, 30), (state.Indexed, state.Duplicate, state.Retried));
    }

    [Fact]
    public async Task A_server_that_takes_only_small_requests_gets_small_ones()
    {
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { MaximumContentLength = 4000 });
        await using var delivery = new Delivery(server);
        await delivery.WriteAsync(0, 100, number => number == 50 ? $$"""{"long":"{{new string('x', 5000)}}"}""" : """{"n":1}""");
        DeliveryState state = await delivery.DrainAsync();

        Assert.Equal((99, 1), (state.Indexed, state.DeadLettered));
        Assert.Equal(413, Assert.Single(delivery.DeadLetters.Letters).Letter.Status);
    }

    [Fact]
    public async Task Dead_letters_that_cannot_be_written_are_not_acknowledged()
    {
        _server.Poisons["poison"] = 400;
        await using var delivery = new Delivery(_server);
        delivery.DeadLetters.IsBroken = true;
        await delivery.WriteAsync(0, 3, number => number == 1 ? """{"poison":1}""" : "{}");
        await Delivery.UntilAsync(() => delivery.Sink.State is { Indexed: 2, Condition: DeliveryCondition.Blocked });
        Assert.Contains("No space left on device", delivery.Sink.State.Problem, StringComparison.Ordinal);
        delivery.AssertBalanced();

        delivery.DeadLetters.IsBroken = false;
        Assert.Equal(1, (await delivery.DrainAsync()).DeadLettered);
    }

    [Fact]
    public async Task Dead_letters_beyond_their_bound_are_dropped_and_counted()
    {
        _server.Poisons["poison"] = 400;
        await using var delivery = new Delivery(_server);
        delivery.DeadLetters.Room = 2;
        await delivery.WriteAsync(0, 5, _ => """{"poison":1}""");
        DeliveryState state = await delivery.DrainAsync();
        Assert.Equal((2, 3), (state.DeadLettered, state.Dropped.DeadLettersFull));
    }

    [Fact]
    public async Task Starts_without_a_server_and_goes_on_when_there_is_one()
    {
        _server.GoDown();
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 100);
        await Delivery.UntilAsync(() => delivery.Sink.State.Condition == DeliveryCondition.Retrying);
        Assert.Contains("cannot connect", delivery.Sink.State.Problem, StringComparison.Ordinal);

        _server.ComeUp();
        Assert.Equal(100, (await delivery.DrainAsync()).Indexed);
    }

    [Fact]
    public async Task A_stop_loses_nothing_from_the_books()
    {
        _server.Script = (_, _) => BulkFault.Silence;
        var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 150);
        await Delivery.UntilAsync(() => _server.Bulks > 0);
        await delivery.DisposeAsync();

        DeliveryState state = delivery.Sink.State;
        Assert.Equal((150, 150, 0, 0), (state.Created, state.Dropped.Queue.Shutdown, state.InFlight, state.Pending));
        delivery.AssertBalanced();
    }

    [Fact]
    public async Task Without_progress_patience_ends_and_says_what_is_left()
    {
        _server.Script = (_, _) => BulkFault.Status503;
        await using var delivery = new Delivery(_server);
        await delivery.WriteAsync(0, 10);
        await Delivery.UntilAsync(() => delivery.Sink.State.Condition == DeliveryCondition.Retrying);
        Assert.False(await delivery.Sink.DrainAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None));
        Assert.Equal(10, delivery.Sink.State.Pending);
        Assert.Contains("status 503", delivery.Sink.State.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_makes_a_replay_wait_and_bounds_what_is_in_hand()
    {
        _server.Script = (number, _) => number < 20 ? BulkFault.Status429 : BulkFault.None;
        await using var delivery = new Delivery(_server, queue: new MemoryQueueOptions { Events = 50 });
        for (int first = 0; first < 1000; first += 40)
        {
            await delivery.WriteAsync(first, 40);
            Assert.True(delivery.Sink.State.Pending <= 50);
        }

        Assert.Equal(1000, (await delivery.DrainAsync()).Indexed);
    }

    [Fact]
    public async Task Prepares_the_target_before_the_first_event_and_again_until_that_works()
    {
        var preparation = new CountingPreparation(failures: 3);
        await using var delivery = new Delivery(_server, preparation: preparation);
        await delivery.WriteAsync(0, 10);
        await delivery.DrainAsync();
        Assert.Equal(4, preparation.Calls);
        Assert.Equal(0, preparation.BulksBefore);
    }

    [Fact]
    public async Task Writes_nothing_to_a_server_that_it_does_not_know()
    {
        await using var server = new FakeElasticsearch(new FakeElasticsearchOptions { Version = "6.8.23" });
        await using var delivery = new Delivery(server);
        await delivery.WriteAsync(0, 10);
        await Delivery.UntilAsync(() => delivery.Sink.State.Condition == DeliveryCondition.Blocked);
        Assert.Contains("is Elasticsearch 6.8.23, older than 7.0", delivery.Sink.State.Problem, StringComparison.Ordinal);
        Assert.Equal(0, server.Bulks);
    }

    [Fact]
    public async Task Several_workers_share_the_queue()
    {
        await using var delivery = new Delivery(_server, Delivery.QuickOptions with { Workers = 4, MaximumEvents = 10 });
        for (int first = 0; first < 2000; first += 100)
        {
            await delivery.WriteAsync(first, 100);
        }

        DeliveryState state = await delivery.DrainAsync();
        Assert.Equal((2000, 0), (state.Indexed, state.Retried));
        Assert.Equal(2000, _server.Cluster.AllDocuments().Count);
        Assert.Equal(0, _server.NeedlessResends);
    }

    private sealed class CountingPreparation(int failures) : ITargetPreparation
    {
        public int Calls { get; private set; }

        public int BulksBefore { get; private set; }

        public async ValueTask PrepareAsync(IElasticsearchClient client, ServerInfo server, CancellationToken cancellationToken)
        {
            using ElasticsearchAnswer answer = await client.SendAsync(HttpMethod.Get, "", default, cancellationToken);
            Assert.Equal(ServerProduct.Elasticsearch, server.Product);
            if (++Calls <= failures)
            {
                throw new ElasticsearchException(ElasticsearchFailure.Status, server.Host, "not yet");
            }
        }
    }
}
