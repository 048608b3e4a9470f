using TlsAppliance.Corpus.Tests.Facts;

namespace TlsAppliance.Corpus.Tests;

/// <summary>Replays every capture of <c>replay-corpus/</c>, in this process.</summary>
public class ReplayCorpusTests
{
    /// <summary>tshark tells no session here, and rightly: what we say about them stands in their <c>expected.ndjson</c> alone.</summary>
    private static readonly string[] WithoutHandshake = ["alert-only", "encrypted-only"];

    public static TheoryData<string> Cases => [.. ReplayCase.Names()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_the_expected_events(string name)
    {
        ReplayCase replay = ReplayCase.Of(name);
        Assert.Equal(File.ReadAllLines(replay.Expected), CollectedEvents.Of(replay.Capture));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_tshark(string name)
    {
        ReplayCase replay = ReplayCase.Of(name);
        Dictionary<string, SessionFacts> facts = SessionFacts.Read(replay.Facts).ToDictionary(FactsComparison.Key);
        Dictionary<string, EventDocument> events = CollectedEvents.Of(replay.Capture)
            .Select(json => new EventDocument(json))
            .ToDictionary(FactsComparison.Key);
        if (WithoutHandshake.Contains(name))
        {
            Assert.Empty(facts);
            return;
        }

        Assert.Equal(facts.Keys.Order(), events.Keys.Order());
        string[] differences = [.. facts.SelectMany(session => FactsComparison.Differences(session.Value, events[session.Key]))];
        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>Sessions of few frames, minutes apart: the clock follows them in jumps and must end none before its time.</summary>
    [Fact]
    public void One_time_line_of_all_captures_gives_the_events_of_each()
    {
        IEnumerable<string> single = ReplayCase.Names().SelectMany(name => File.ReadLines(ReplayCase.Of(name).Expected));
        Assert.Equal(WithoutEnd(single), WithoutEnd(CollectedEvents.Of(ReplayCase.CorpusFolder)));
    }

    /// <summary>In any order. What is still open at the end of its capture times out when more follows.</summary>
    private static IEnumerable<string> WithoutEnd(IEnumerable<string> documents) =>
        documents.Select(json => json.Replace("end_of_input", "timeout", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
