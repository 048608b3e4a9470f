using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>Damage at every byte of a spool costs the records that it hits, and these are counted.</summary>
public class SpoolDamageTests
{
    private const int Records = 200;

    private static readonly QueueReadBounds s_everything = new(int.MaxValue, long.MaxValue);

    private static readonly SpoolOptions s_options = new(10_000_000_000, SegmentBytes: 4000, 2048, 32 << 20, 1 << 20);

    public enum Damage
    {
        Flipped,
        Zeroed,
        SectorZeroed,
        Cut,
    }

    [Theory]
    [InlineData(Damage.Flipped)]
    [InlineData(Damage.Zeroed)]
    [InlineData(Damage.SectorZeroed)]
    [InlineData(Damage.Cut)]
    public void Damage_at_any_byte_costs_the_records_that_it_hits_and_no_other(Damage damage)
    {
        MemoryFiles files = Filled();
        foreach (string name in files.Names.Where(name => name != QueueCursor.FileName).ToArray())
        {
            byte[] whole = files[name];
            List<(long Number, int Start, int End)> places = Places(whole);
            for (int offset = 0; offset < whole.Length; offset++)
            {
                (byte[] damaged, int end) = Apply(damage, whole, offset);
                files[name] = damaged;
                long[] hit = [.. places.Where(place => place.Start < end && place.End > offset && !Unharmed(whole, damaged, place)).Select(place => place.Number)];
                (long[] numbers, long corrupt) = ReadAll(files);
                Assert.Equal(Enumerable.Range(1, Records).Select(number => (long)number).Except(hit), numbers);
                Assert.Equal(hit.Length, corrupt);
            }

            files[name] = whole;
        }
    }

    [Fact]
    public void Damage_at_any_byte_of_the_cursor_costs_nothing()
    {
        MemoryFiles files = Filled();
        byte[] whole = files[QueueCursor.FileName];
        for (int offset = 0; offset < whole.Length; offset++)
        {
            foreach (Damage damage in Enum.GetValues<Damage>())
            {
                files[QueueCursor.FileName] = Apply(damage, whole, offset).Bytes;
                (long[] numbers, long corrupt) = ReadAll(files);
                Assert.Equal(Records, numbers.Length);
                Assert.Equal(0, corrupt);
            }
        }
    }

    [Fact]
    public void A_segment_that_is_gone_is_counted_and_the_others_are_read()
    {
        MemoryFiles files = Filled();
        string[] names = [.. files.Names.Where(name => name != QueueCursor.FileName).Order()];
        files.Delete(names[2]);
        (long first, long next) = (FirstOf(names[2]), FirstOf(names[3]));
        (long[] numbers, long corrupt) = ReadAll(files);
        Assert.Equal(next - first, corrupt);
        Assert.Equal(Records - corrupt, numbers.Length);
    }

    [Fact]
    public void A_segment_that_vanishes_while_it_is_waiting_is_counted_and_the_others_are_read()
    {
        MemoryFiles files = Filled();
        string name = files.Names.Where(name => name != QueueCursor.FileName).Order().Last();
        long first = FirstOf(name);
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        files.Delete(name);
        using QueueRead? read = spool.Take(s_everything);
        Assert.Equal(first - 1, read!.Count);
        Assert.Null(spool.Take(s_everything));
        Assert.Equal(Records - first + 1, spool.TakeCorrupt());
    }

    [Fact]
    public void Foreign_files_are_left_alone()
    {
        MemoryFiles files = Filled();
        files["notes.txt"] = [1, 2, 3];
        files["1.segment"] = [1, 2, 3];
        files[SegmentHeader.NameOf(long.MaxValue)] = [1, 2, 3];
        files["-0000000000000000001.segment"] = [1, 2, 3];
        (long[] numbers, _) = ReadAll(files);
        Assert.Equal(Records, numbers.Length);
        Assert.Contains("notes.txt", files.Names);
    }

    [Fact]
    public void A_segment_with_an_absurd_name_costs_no_time_and_no_memory()
    {
        MemoryFiles files = Filled();
        files[SegmentHeader.NameOf(1L << 59)] = [];
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        using QueueRead? read = spool.Take(s_everything);
        Assert.Equal(Records, read!.Count);
        Assert.Null(spool.Take(s_everything));
        for (int number = 1; number <= Records; number++)
        {
            spool.Window.Settle(number);
        }

        Assert.Null(spool.Take(s_everything));
        Assert.Equal(spool.Next, spool.Window.Next);
    }

    [Fact]
    public void Bytes_that_look_like_records_are_none()
    {
        var files = new MemoryFiles();
        byte[] forged = new byte[200_000];
        for (int i = SegmentHeader.Length; i + SpoolRecord.HeaderLength < forged.Length; i += SpoolRecord.Magic.Length)
        {
            SpoolRecord.Magic.CopyTo(forged.AsSpan(i));
        }

        files[SegmentHeader.NameOf(1)] = forged;
        (long[] numbers, long corrupt) = ReadAll(files);
        Assert.Empty(numbers);
        Assert.Equal(0, corrupt);
    }

    private static MemoryFiles Filled()
    {
        var files = new MemoryFiles();
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        for (int i = 1; i <= Records; i++)
        {
            byte[] document = Encoding.UTF8.GetBytes(Batches.Text(i, i % 40));
            Assert.Equal(AppendOutcome.Stored, spool.Append(new EventEntry(0, document.Length, (UInt128)i, i), document, i));
        }

        spool.TryWrite();
        SpoolSync sync = spool.BeginSync();
        sync.Run();
        spool.EndSync(sync);
        return files;
    }

    private static (long[] Numbers, long Corrupt) ReadAll(MemoryFiles files)
    {
        using Spool spool = Spool.Open(files, EventLayout.Classic, s_options);
        using QueueRead? read = spool.Take(s_everything);
        long[] numbers = read is null ? [] : [.. read.Events.ToArray().Select(entry => entry.Number)];
        Assert.Null(spool.Take(s_everything));
        return (numbers, spool.TakeCorrupt());
    }

    private static long FirstOf(string name) => SegmentHeader.TryParseName(name, out long first) ? first : throw new FormatException(name);

    private static (byte[] Bytes, int End) Apply(Damage damage, byte[] whole, int offset)
    {
        byte[] bytes = [.. whole];
        switch (damage)
        {
            case Damage.Flipped:
                bytes[offset] ^= (byte)(1 << (offset % 8));
                return (bytes, offset + 1);
            case Damage.Zeroed:
                bytes[offset] = 0;
                return (bytes, offset + 1);
            case Damage.SectorZeroed:
                int length = Math.Min(512, bytes.Length - offset);
                bytes.AsSpan(offset, length).Clear();
                return (bytes, offset + length);
            default:
                return (bytes[..offset], int.MaxValue);
        }
    }

    private static bool Unharmed(byte[] whole, byte[] damaged, (long Number, int Start, int End) place) =>
        place.End <= damaged.Length && whole.AsSpan(place.Start..place.End).SequenceEqual(damaged.AsSpan(place.Start..place.End));

    /// <summary>Where the records lie, read with the format's description alone.</summary>
    private static List<(long Number, int Start, int End)> Places(byte[] segment)
    {
        var places = new List<(long, int, int)>();
        for (int start = 32; start < segment.Length;)
        {
            int end = start + 64 + BitConverter.ToInt32(segment, start + 4);
            places.Add((BitConverter.ToInt64(segment, start + 8), start, end));
            start = end;
        }

        return places;
    }
}
