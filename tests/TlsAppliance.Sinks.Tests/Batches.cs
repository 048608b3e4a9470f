using System.Text;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Sinks.Tests;

/// <summary>Batches of given documents, and how often each was completed.</summary>
internal sealed class Batches
{
    public int Completed { get; private set; }

    public EventBatch Of(params string[] documents)
    {
        var batch = new EventBatch(64, 4, _ => Completed++);
        foreach (string document in documents)
        {
            int length = Encoding.UTF8.GetBytes(document, batch.Reserve(Encoding.UTF8.GetMaxByteCount(document.Length)));
            batch.Commit(length, UInt128.One, 0);
        }

        return batch;
    }

    /// <summary>Events whose id, start and text tell their ordinal.</summary>
    public EventBatch Numbered(int first, int count, int padding = 0)
    {
        var batch = new EventBatch(64 * 1024, 64, _ => Completed++);
        for (int i = first; i < first + count; i++)
        {
            byte[] document = Encoding.UTF8.GetBytes(Text(i, padding));
            document.CopyTo(batch.Reserve(document.Length));
            batch.Commit(document.Length, (UInt128)i, i * 1_000_000_000L);
        }

        return batch;
    }

    /// <summary>The document of a numbered event.</summary>
    public static string Text(int ordinal, int padding = 0) => $$"""{"n":{{ordinal}},"p":"{{new string('x', padding)}}"}""";
}
