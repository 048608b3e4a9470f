using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>Lives of a spool beside what it may and must remember.</summary>
internal sealed class SpoolHistory
{
    private static readonly QueueReadBounds s_everything = new(int.MaxValue, long.MaxValue);

    private readonly SpoolOptions _options;
    private readonly SortedDictionary<long, string> _open = [];
    private readonly Dictionary<long, HashSet<string>> _texts = [];
    private readonly HashSet<long> _handed = [];
    private readonly HashSet<long> _settled = [];

    /// <summary>Lost to an earlier power cut. Until a cursor is saved behind them each restart finds them missing again.</summary>
    private readonly HashSet<long> _lost = [];
    private int _ordinal;
    private long _written;
    private long _synced;
    private long _safe;
    private long _appended;
    private long _corrupt;
    private long _acknowledged;

    public SpoolHistory(in SpoolOptions options, MemoryFiles files)
    {
        _options = options;
        Files = files;
        Spool = Open();
        (_written, _synced) = (Spool.Next, Spool.Next);
    }

    public MemoryFiles Files { get; private set; }

    public Spool Spool { get; private set; }

    public void Append(int events, int size)
    {
        for (int i = 0; i < events; i++)
        {
            string text = $"{{\"n\":{++_ordinal},\"p\":\"{new string('x', size)}\"}}";
            byte[] document = Encoding.UTF8.GetBytes(text);
            long number = Spool.Next;
            _open[number] = text;
            (_texts.TryGetValue(number, out HashSet<string>? texts) ? texts : _texts[number] = []).Add(text);
            _lost.Remove(number);
            _settled.Remove(number);
            if (Spool.Append(new EventEntry(0, document.Length, (UInt128)_ordinal, _ordinal), document, _ordinal) == AppendOutcome.Stored)
            {
                _appended++;
            }
            else
            {
                _open.Remove(number);
            }
        }

        Spool.TryWrite();
        _written = Spool.Held == 0 ? Spool.Next : _written;
    }

    public void Read(int events)
    {
        using QueueRead? read = Spool.Take(s_everything with { Events = events });
        _corrupt += Spool.TakeCorrupt();
        for (int i = 0; i < (read?.Count ?? 0); i++)
        {
            QueuedEvent entry = read!.Events[i];
            Assert.True(_handed.Add(entry.Number), $"{entry.Number} was handed out twice");
            string text = Encoding.UTF8.GetString(read.Document(i));
            if (text != _open[entry.Number])
            {
                // When cursor and segments went unsynced, numbers are given again, and an event that was settled long ago may come back under one.
                Assert.True(entry.Number >= _safe, $"{entry.Number} of {_safe} safe ones is another");
                Assert.Contains(text, _texts[entry.Number]);
                _open[entry.Number] = text;
            }
        }
    }

    public void Settle(int which)
    {
        if (_handed.Count == 0)
        {
            return;
        }

        long number = _handed.ElementAt(which % _handed.Count);
        if (Spool.Window.Settle(number))
        {
            _acknowledged++;
            _settled.Add(number);
            Spool.Release();
            Spool.CloseSettledSegment(_options.SegmentBytes / 2);
        }
    }

    /// <summary>A sync, with appending and settling meanwhile. The last few records may wait for the next one.</summary>
    public void Sync(int eventsMeanwhile)
    {
        SpoolSync sync = Spool.BeginSync(eventsMeanwhile == 1 ? Spool.Written - 3 : long.MaxValue);
        Append(eventsMeanwhile, 10);
        Settle(eventsMeanwhile);
        sync.Run();
        if (sync.SegmentsAreSynced)
        {
            _synced = Math.Max(_synced, sync.Written);
        }

        Spool.EndSync(sync);
    }

    public void CheckBalance() =>
        Assert.Equal(Spool.Found + _appended, _acknowledged + _corrupt + (Spool.Next - Spool.Window.Next) + Spool.Window.Unsettled);

    /// <summary>The process is gone; the next one opens what is there and reads it all.</summary>
    public void Restart(bool powerIsCut)
    {
        Files.Fuse = -1;
        Files = powerIsCut ? Files.PoweredOff() : Files.Killed();
        Spool = Open();
        SortedDictionary<long, string> before = new(_open);
        long safe = powerIsCut ? _synced : _written;
        _safe = safe;
        _handed.Clear();
        (_appended, _acknowledged, _corrupt) = (0, 0, 0);
        Read(int.MaxValue);
        foreach ((long number, string _) in before)
        {
            Assert.True(_handed.Contains(number) || _settled.Contains(number) || number >= safe, $"{number} of {safe} safe ones is lost");
        }

        Assert.All(_handed, number => Assert.True(before.ContainsKey(number)));
        Assert.Equal(Spool.Next - Spool.Found, _handed.Count > 0 ? Math.Min(_handed.Min(), Spool.Next - Spool.Found) : Spool.Next - Spool.Found);
        _lost.UnionWith(before.Keys.Where(number => !_handed.Contains(number)));
        Assert.True(_corrupt <= _lost.Count, $"{_corrupt} counted as corrupt, {_lost.Count} lost");
        CheckBalance();
        _lost.RemoveWhere(_handed.Contains);
        // What was settled may come back when the cursor that said so is lost.
        foreach (long number in _lost.Except(_settled))
        {
            _open.Remove(number);
        }

        (_written, _synced) = (Spool.Next, powerIsCut ? Spool.Next : Math.Min(_synced, Spool.Next));
    }

    /// <summary>As the next process does it.</summary>
    private Spool Open() => Spool.Open(Files, EventLayout.Classic, _options);
}
