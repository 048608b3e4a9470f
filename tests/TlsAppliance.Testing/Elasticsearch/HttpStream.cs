using System.Globalization;
using System.Text;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>Just enough HTTP/1.1 over a stream for a server that must be able to misbehave.</summary>
internal sealed class HttpStream(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public Stream Stream => stream;

    /// <summary>Null when the other side has closed.</summary>
    public async Task<RequestHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        string? line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(line))
        {
            return null;
        }

        string[] parts = line.Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } header)
        {
            int colon = header.IndexOf(':');
            if (colon < 0 || parts.Length != 3)
            {
                throw new InvalidDataException("no HTTP");
            }

            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        return new RequestHead(parts[0], parts[1], headers);
    }

    public async Task<byte[]> ReadBodyAsync(RequestHead head, CancellationToken cancellationToken) =>
        head.IsChunked ? await ReadChunksAsync(cancellationToken).ConfigureAwait(false) : await ReadExactlyAsync(head.ContentLength, cancellationToken).ConfigureAwait(false);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            string size = await ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException();
            int length = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false));
            await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (length == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        int got = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, got).CopyTo(bytes);
        _start += got;
        await stream.ReadExactlyAsync(bytes.AsMemory(got), cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                string line = Encoding.Latin1.GetString(_buffer, _start, at).TrimEnd('\r');
                _start += at + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }
}
