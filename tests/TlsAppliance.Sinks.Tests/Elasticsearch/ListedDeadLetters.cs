using System.Text;
using TlsAppliance.Sinks.DeadLetters;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>Dead letters in a list; a disk that takes no more, when told so.</summary>
internal sealed class ListedDeadLetters : IDeadLetters
{
    private readonly Lock _lock = new();
    private readonly List<DeadLetter> _letters = [];

    /// <summary>Copies: the document is the sender's only until the write returns.</summary>
    public IReadOnlyList<(DeadLetter Letter, string Document)> Letters
    {
        get
        {
            lock (_lock)
            {
                return [.. _letters.Select(letter => (letter, Encoding.UTF8.GetString(letter.Document.Span)))];
            }
        }
    }

    public int Room { get; set; } = int.MaxValue;

    public bool IsBroken { get; set; }

    public ValueTask<int> WriteAsync(ReadOnlyMemory<DeadLetter> letters, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsBroken)
            {
                throw new OutputException("dead-letters.ndjson", new IOException("No space left on device"));
            }

            int written = Math.Min(letters.Length, Room - _letters.Count);
            foreach (DeadLetter letter in letters.Span[..written])
            {
                _letters.Add(letter with { Document = letter.Document.ToArray() });
            }

            return ValueTask.FromResult(written);
        }
    }
}
