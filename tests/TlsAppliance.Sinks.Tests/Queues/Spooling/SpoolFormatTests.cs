using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>
/// The format as released. The golden files were written once by version 1 and never change; a version that reads another format keeps them and says what it does
/// with them.
/// </summary>
public class SpoolFormatTests
{
    private static readonly SpoolOptions s_options = new(10_000_000_000, SegmentBytes: 400, 2048, 32 << 20, 1 << 20);

    private static string Golden => RepositoryRoot.Combine("tests", "TlsAppliance.Sinks.Tests", "Queues", "Spooling", "golden-1");

    [Fact]
    public void A_spool_of_version_1_is_read()
    {
        MemoryFiles files = FromDisk();
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        using QueueRead? classic = spool.Take(new QueueReadBounds(100, long.MaxValue));
        using QueueRead? ecs = spool.Take(new QueueReadBounds(100, long.MaxValue));
        Assert.Equal([2L, 3, 4, 5, 6], classic!.Events.ToArray().Select(entry => entry.Number));
        Assert.Equal([7L, 8], ecs!.Events.ToArray().Select(entry => entry.Number));
        Assert.Equal((EventLayout.Classic, EventLayout.Ecs), (classic.Layout, ecs.Layout));
        Assert.Equal(IdOf(3), classic.Events[1].Id);
        Assert.Equal(1_767_323_045_000_000_003, classic.Events[1].Timestamp);
        Assert.Equal(1_767_323_046_003, classic.Events[1].Queued);
        Assert.Equal("""{"n":3,"name":"münchen.example"}""", Encoding.UTF8.GetString(classic.Document(1)));
        Assert.Equal(0, spool.TakeCorrupt());
    }

    /// <summary>Run with UPDATE_GOLDEN=1 it writes the files of a new version; those of an old one are never written again.</summary>
    [Fact]
    public void What_is_written_is_version_1_to_the_byte()
    {
        var files = new MemoryFiles();
        Write(files);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Directory.Exists(Golden))
        {
            Directory.CreateDirectory(Golden);
            foreach (string name in files.Names)
            {
                File.WriteAllBytes(Path.Combine(Golden, name), files[name]);
            }
        }

        MemoryFiles golden = FromDisk();
        Assert.Equal(golden.Names.Order(), files.Names.Order());
        foreach (string name in golden.Names)
        {
            Assert.Equal(golden[name], files[name]);
        }
    }

    private static UInt128 IdOf(int ordinal) => new(0x0123456789ABCDEF, (ulong)ordinal);

    private static void Write(MemoryFiles files)
    {
        using (Spool spool = Spool.Open(files, EventLayout.Classic, s_options))
        {
            Append(spool, 1, 6);
            spool.Take(new QueueReadBounds(1, long.MaxValue))!.Dispose();
            spool.Window.Settle(1);
            Sync(spool);
        }

        using Spool other = Spool.Open(files, EventLayout.Ecs, s_options);
        Append(other, 7, 2);
        Sync(other);
    }

    private static void Append(Spool spool, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            byte[] document = Encoding.UTF8.GetBytes($$"""{"n":{{i}},"name":"münchen.example"}""");
            var entry = new EventEntry(0, document.Length, IdOf(i), 1_767_323_045_000_000_000 + i);
            Assert.Equal(AppendOutcome.Stored, spool.Append(entry, document, 1_767_323_046_000 + i));
        }

        Assert.True(spool.TryWrite());
    }

    private static void Sync(Spool spool)
    {
        SpoolSync sync = spool.BeginSync();
        sync.Run();
        spool.EndSync(sync);
    }

    private static MemoryFiles FromDisk()
    {
        var files = new MemoryFiles();
        foreach (string path in Directory.EnumerateFiles(Golden))
        {
            files[Path.GetFileName(path)] = File.ReadAllBytes(path);
        }

        return files;
    }
}
