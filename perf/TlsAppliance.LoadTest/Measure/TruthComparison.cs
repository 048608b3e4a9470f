using System.Text.Json;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>Holds the events of a load against its truth: each session once, none invented, every value right. A fast wrong answer does not count.</summary>
internal sealed class TruthComparison
{
    private const int Examples = 10;

    private readonly Dictionary<string, SessionClaim> _open;
    private readonly List<string> _faults = [];

    /// <param name="truth">JSON lines of the load's generator.</param>
    public TruthComparison(IEnumerable<string> truth)
    {
        _open = truth.Select(line => SessionClaim.OfTruth(Parse(line))).ToDictionary(claim => claim.Identity);
        Sessions = _open.Count;
    }

    /// <summary>Sessions of the truth.</summary>
    public int Sessions { get; }

    public int Events { get; private set; }

    /// <summary>Events of no session, second events of one, and events with a wrong value.</summary>
    public int Wrong { get; private set; }

    /// <summary>Sessions without an event so far.</summary>
    public int Missing => _open.Count;

    public bool IsEqual => Missing == 0 && Wrong == 0;

    /// <summary>The first differences, for people.</summary>
    public IReadOnlyList<string> Faults => [.. _faults, .. _open.Values.Take(Examples).Select(claim => $"no event: {claim.Identity}")];

    /// <summary>Takes one event (layout ecs).</summary>
    public void Add(string document)
    {
        Events++;
        SessionClaim told = SessionClaim.OfEvent(Parse(document));
        string[] differences = _open.Remove(told.Identity, out SessionClaim? truth) ? [.. truth.DifferencesOf(told)] : ["not in the truth, or twice"];
        if (differences.Length == 0)
        {
            return;
        }

        Wrong++;
        if (_faults.Count < Examples)
        {
            _faults.Add($"{told.Identity}: {string.Join("; ", differences)}");
        }
    }

    private static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
