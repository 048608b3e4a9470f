using System.Buffers;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>Reads an answer to its end, into pooled memory and not beyond a bound.</summary>
internal static class AnswerReader
{
    /// <summary>
    /// The largest answer that we take: 1600 items at 32 KiB of error each. A server that says more is not listened to, so that it cannot fill our memory.
    /// </summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    /// <exception cref="InvalidDataException">It is longer, or cannot be unpacked.</exception>
    /// <exception cref="HttpRequestException">It breaks off.</exception>
    public static async ValueTask<ElasticsearchAnswer> ReadAsync(string host, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        int length = 0;
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                int read;
                while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
                {
                    length += read;
                    if (length > MaximumBytes)
                    {
                        throw new InvalidDataException($"an answer of more than {MaximumBytes >> 20} MiB");
                    }

                    buffer = length == buffer.Length ? Enlarge(buffer) : buffer;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        return new ElasticsearchAnswer(host, (int)response.StatusCode, buffer, length)
        {
            Product = response.Headers.TryGetValues("X-elastic-product", out IEnumerable<string>? product) ? string.Join(',', product) : "",
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    private static byte[] Enlarge(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
