using System.Globalization;
using System.Text.Json;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.DeadLetters;

namespace TlsAppliance.Outputs;

/// <summary>Where dead letters lie.</summary>
internal sealed record DeadLetterOptions
{
    public required string Path { get; init; }
}

/// <summary>Dead letters as NDJSON in one file, each write synced before it returns.</summary>
internal sealed class DeadLetterFile(DeadLetterOptions options, TimeProvider time) : IDeadLetters, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask<int> WriteAsync(ReadOnlyMemory<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Directory.CreateDirectory(options.Path);
            using FileStream file = new(Path.Combine(options.Path, "dead-letters-1.ndjson"), FileMode.Append);
            foreach (DeadLetter letter in letters.Span)
            {
                file.Write(Line(letter));
                file.Write("\n"u8);
            }

            file.Flush(flushToDisk: true);
            return letters.Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(options.Path, failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private byte[] Line(DeadLetter letter) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        time = time.GetUtcNow(),
        id = letter.Id.ToString("x32", CultureInfo.InvariantCulture),
        index = letter.Index,
        status = letter.Status,
        type = letter.Type,
        reason = letter.Reason,
        document = JsonSerializer.Deserialize<JsonElement>(letter.Document.Span),
    });
}
