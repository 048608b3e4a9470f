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
}
