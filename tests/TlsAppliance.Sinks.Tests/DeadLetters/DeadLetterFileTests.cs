using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TlsAppliance.Sinks.DeadLetters;
using TlsAppliance.Testing;

namespace TlsAppliance.Sinks.Tests.DeadLetters;

public sealed class DeadLetterFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Directory => _folder.Combine("dead-letters");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_letter_is_one_line_that_tells_all()
    {
        using DeadLetterFile letters = Open();
        Assert.Equal(1, await letters.WriteAsync(new[] { Letter(7) }, Token));
        Assert.Equal(
            """{"time":"2026-01-02T03:04:05.000Z","id":"00000000000000000000000000000007","timestamp":7000000000,"index":"tls-appliance-classic-2026.01.02","status":400,"type":"document_parsing_exception","reason":"failed to parse field [a]","attempts":1,"event":{"n":7,"name":"münchen"}}""" + "\n",
            File.ReadAllText(DeadLetterReader.Files(Directory).Single()));
    }

    [Fact]
    public async Task What_is_read_back_is_what_was_written()
    {
        using (DeadLetterFile letters = Open())
        {
            await letters.WriteAsync(Enumerable.Range(1, 500).Select(ordinal => Letter(ordinal)).ToArray(), Token);
        }

        DeadLetter[] read = [.. ReadAll()];
        Assert.Equal(Enumerable.Range(1, 500), read.Select(letter => (int)letter.Id));
        Assert.Equal(Letter(3) with { Document = default }, read[2] with { Document = default });
        Assert.Equal(Letter(3).Document.ToArray(), read[2].Document.ToArray());
    }

    [Theory]
    [InlineData("\u001b[2J\u001b]0;owned\u0007")]
    [InlineData("a\nb\r\nc\0d\u0085e\u2028f\u202eg")]
    [InlineData("{\"error\":\"}\\\"")]
    [InlineData("\ud800 lone")]
    public async Task Hostile_reasons_are_inert(string reason)
    {
        using DeadLetterFile letters = Open();
        await letters.WriteAsync(new[] { Letter(1) with { Reason = reason, Type = reason, Index = reason } }, Token);
        byte[] bytes = File.ReadAllBytes(DeadLetterReader.Files(Directory).Single());
        byte[] around = bytes[..bytes.AsSpan().IndexOf("\"event\""u8)];
        Assert.All(around, value => Assert.InRange(value, 0x20, 0x7E));
        Assert.Equal(1, bytes.Count(value => value == '\n'));
        Assert.Single(ReadAll());
    }

    [Fact]
    public async Task A_reason_of_a_megabyte_is_cut_and_says_so()
    {
        using DeadLetterFile letters = Open();
        await letters.WriteAsync(new[] { Letter(1) with { Reason = new string('\u001b', 1_000_000) } }, Token);
        string reason = ReadAll().Single().Reason;
        Assert.EndsWith("... (997952 more characters)", reason, StringComparison.Ordinal);
        Assert.True(new FileInfo(DeadLetterReader.Files(Directory).Single()).Length < 20_000);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    [InlineData("{\"a\":\n1}")]
    [InlineData("")]
    public async Task A_document_that_is_no_line_of_json_does_not_spoil_the_file(string document)
    {
        using DeadLetterFile letters = Open();
        await letters.WriteAsync(new[] { Letter(1) with { Document = Encoding.UTF8.GetBytes(document) }, Letter(2) }, Token);
        Assert.All(File.ReadLines(DeadLetterReader.Files(Directory).Single()), line => JsonDocument.Parse(line).Dispose());
        Assert.Equal(document, Encoding.UTF8.GetString(ReadAll().First().Document.Span));
        Assert.Equal(2, ReadAll().Count());
    }

    [Fact]
    public async Task At_the_bound_the_newer_ones_are_dropped_and_counted()
    {
        using DeadLetterFile letters = Open(maximumBytes: 100_000);
        int written = 0;
        for (int i = 0; i < 20; i++)
        {
            written += await letters.WriteAsync(Enumerable.Range(i * 100, 100).Select(ordinal => Letter(ordinal)).ToArray(), Token);
        }

        Assert.InRange(written, 250, 400);
        Assert.Equal(new DeadLetterState(written, 2000 - written, 0, DiskBytes()), letters.State);
        Assert.InRange(DiskBytes(), 99_000, 100_000);
        Assert.Equal(Enumerable.Range(0, written), ReadAll().Select(letter => (int)letter.Id));
    }

    [Fact]
    public async Task With_drop_older_the_oldest_files_make_room()
    {
        using DeadLetterFile letters = Open(maximumBytes: 100_000, policy: DeadLetterPolicy.DropOlder);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(50, await letters.WriteAsync(Enumerable.Range(i * 50, 50).Select(ordinal => Letter(ordinal)).ToArray(), Token));
        }

        Assert.InRange(DiskBytes(), 60_000, 100_000);
        Assert.True(letters.State.DeletedFiles > 5);
        Assert.Equal(DiskBytes(), letters.State.Bytes);
        int[] kept = [.. ReadAll().Select(letter => (int)letter.Id)];
        Assert.Equal(Enumerable.Range(1000 - kept.Length, kept.Length), kept);
    }

    [Fact]
    public async Task The_bound_counts_what_an_earlier_run_left()
    {
        for (int run = 0; run < 10; run++)
        {
            using DeadLetterFile letters = Open(maximumBytes: 50_000);
            await letters.WriteAsync(Enumerable.Range(run * 50, 50).Select(ordinal => Letter(ordinal)).ToArray(), Token);
            Assert.InRange(DiskBytes(), 1, 50_000);
        }
    }

    [Fact]
    public async Task Old_files_go_when_their_age_is_bounded()
    {
        using (DeadLetterFile letters = Open())
        {
            await letters.WriteAsync(new[] { Letter(1) }, Token);
        }

        File.SetLastWriteTimeUtc(DeadLetterReader.Files(Directory).Single(), _time.GetUtcNow().UtcDateTime.AddDays(-8));
        using DeadLetterFile later = Open(maximumAge: TimeSpan.FromDays(7));
        await later.WriteAsync(new[] { Letter(2) }, Token);
        Assert.Equal(2, (int)ReadAll().Single().Id);
        Assert.Equal(1, later.State.DeletedFiles);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_told_and_nothing_is_counted()
    {
        File.WriteAllText(Directory, "");
        using DeadLetterFile letters = Open();
        OutputException failure = await Assert.ThrowsAsync<OutputException>(async () => await letters.WriteAsync(new[] { Letter(1) }, Token));
        Assert.StartsWith("cannot write " + Directory, failure.Message, StringComparison.Ordinal);
        Assert.Equal(default, letters.State);
        File.Delete(Directory);
        Assert.Equal(1, await letters.WriteAsync(new[] { Letter(1) }, Token));
    }

    [Fact]
    public async Task A_line_that_was_cut_is_passed_over_by_readers()
    {
        using (DeadLetterFile letters = Open())
        {
            await letters.WriteAsync(new[] { Letter(1), Letter(2) }, Token);
        }

        string path = DeadLetterReader.Files(Directory).Single();
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Equal(bytes.AsSpan(0, Math.Min(length + 1, bytes.Length)).Count((byte)'\n'), ReadAll().Count());
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_are_their_owners_alone()
    {
        using DeadLetterFile letters = Open();
        await letters.WriteAsync(new[] { Letter(1) }, Token);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DeadLetterReader.Files(Directory).Single()));
    }

    [Fact]
    public async Task Letters_that_fail_again_go_to_other_files_than_those_that_are_sent_again()
    {
        using (DeadLetterFile letters = Open())
        {
            await letters.WriteAsync(new[] { Letter(1), Letter(2) }, Token);
        }

        using (DeadLetterFile again = Open())
        {
            foreach (string path in DeadLetterReader.Files(Directory))
            {
                foreach (DeadLetter letter in DeadLetterReader.Read(path).OfType<DeadLetter>().Where(letter => (int)letter.Id == 2))
                {
                    await again.WriteAsync(new[] { letter with { Attempts = letter.Attempts + 1 } }, Token);
                }

                DeadLetterReader.Delete(path);
            }
        }

        DeadLetter left = ReadAll().Single();
        Assert.Equal((2, 2), ((int)left.Id, left.Attempts));
    }

    private DeadLetterFile Open(long maximumBytes = 1 << 30, DeadLetterPolicy policy = DeadLetterPolicy.DropNewer, TimeSpan maximumAge = default) =>
        new(new DeadLetterOptions { Path = Directory, MaximumBytes = maximumBytes, WhenFull = policy, MaximumAge = maximumAge }, _time);

    private DeadLetter Letter(int ordinal) => new()
    {
        Id = (UInt128)ordinal,
        Timestamp = ordinal * 1_000_000_000L,
        Document = Encoding.UTF8.GetBytes($$"""{"n":{{ordinal}},"name":"münchen"}"""),
        Index = "tls-appliance-classic-2026.01.02",
        Status = 400,
        Type = "document_parsing_exception",
        Reason = "failed to parse field [a]",
        Attempts = 1,
        Time = _time.GetUtcNow(),
    };

    private IEnumerable<DeadLetter> ReadAll() => DeadLetterReader.Files(Directory).SelectMany(DeadLetterReader.Read).OfType<DeadLetter>();

    private long DiskBytes() => DeadLetterReader.Files(Directory).Sum(path => new FileInfo(path).Length);
}
