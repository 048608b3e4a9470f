using System.Text.Json;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Pipeline.Shards;
using TlsAppliance.Testing.Tls;

namespace TlsAppliance.Pipeline.Tests.Shards;

public class EventOutputTests
{
    [Fact]
    public void New_options_hold_from_the_next_event_on_and_no_event_is_lost()
    {
        var source = new EventOptionsSource(new EventOptions { Tags = ["old"] });
        var tags = new List<string>();
        var output = new EventOutput(source, batch => tags.AddRange(Tags(batch)));
        for (int number = 0; number < 4; number++)
        {
            if (number == 2)
            {
                source.Replace(new EventOptions { Tags = ["new"] });
            }

            Assert.True(output.Write(new TlsSessionBuilder().Build(), default) > 0);
        }

        output.Flush();
        Assert.Equal(["old", "old", "new", "new"], tags);
    }

    /// <summary>Not every sink reads what it takes, and one that does is another thread.</summary>
    [Fact]
    public void A_batch_that_is_handed_over_has_all_its_identities()
    {
        bool isSettled = false;
        var output = new EventOutput(new EventOptions(), batch => isSettled = batch.IsSettled);
        output.Write(new TlsSessionBuilder().Build(), default);
        output.Flush();
        Assert.True(isSettled);
    }

    [Fact]
    public void Options_of_which_no_renderer_can_be_made_are_refused_and_the_old_ones_stay()
    {
        var source = new EventOptionsSource(new EventOptions { Tags = ["old"] });
        Assert.Throws<FormatException>(() => source.Replace(new EventOptions { InternalNetworks = ["nowhere"] }));
        Assert.Equal(["old"], source.Current.Tags);
    }

    private static IEnumerable<string> Tags(EventBatch batch)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            using JsonDocument document = JsonDocument.Parse(batch.Document(index).ToArray());
            yield return document.RootElement.GetProperty("tags")[0].GetString()!;
        }
    }
}
