using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TlsAppliance.Sinks.Tests.Elasticsearch;

/// <summary>An answer as it came; status 0 when none did.</summary>
internal sealed record ExchangeAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static async Task<ExchangeAnswer> ReadAsync(Stream stream, bool hasBody)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            string status = await ReadLineAsync(stream);
            while (status.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
            {
                await ReadLineAsync(stream);
                status = await ReadLineAsync(stream);
            }

            while (await ReadLineAsync(stream) is { Length: > 0 } header)
            {
                int colon = header.IndexOf(':', StringComparison.Ordinal);
                headers[header[..colon]] = header[(colon + 1)..].Trim();
            }

            byte[] body = new byte[hasBody ? int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture) : 0];
            await stream.ReadExactlyAsync(body);
            return new ExchangeAnswer(int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
        }
        catch (Exception failure) when (failure is IOException)
        {
            return new ExchangeAnswer(0, headers, []);
        }
    }

    public byte[] Unpacked()
    {
        if (!Headers.TryGetValue("content-encoding", out string? encoding) || encoding != "gzip")
        {
            return Body;
        }

        using var body = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(Body), CompressionMode.Decompress);
        gzip.CopyTo(body);
        return body.ToArray();
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
