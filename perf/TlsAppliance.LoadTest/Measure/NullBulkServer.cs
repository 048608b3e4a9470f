using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>
/// A server on the loopback that takes every bulk request at once: it unpacks the body, counts its lines and says that each event was created. What is left of an
/// indexing run with it is our own work.
/// </summary>
internal sealed class NullBulkServer : IDisposable
{
    private const string Info = """{"cluster_name":"null","cluster_uuid":"null","version":{"number":"8.2.3"}}""";
    private const string Length = "\r\ncontent-length:";
    private const string Packed = "\r\ncontent-encoding: gzip";
    private const int BufferBytes = 1 << 20;

    /// <summary>An action line and the event.</summary>
    private const int LinesPerEvent = 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public NullBulkServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync().ConfigureAwait(false));
            }
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
            // The run is over.
        }
    }

    private static async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = new BufferedStream(client.GetStream(), BufferBytes);
            byte[] body = new byte[BufferBytes];
            byte[] lines = new byte[BufferBytes];
            try
            {
                while (await ReadHeadAsync(stream).ConfigureAwait(false) is { } head)
                {
                    int length = BodyLength(head);
                    if (body.Length < length)
                    {
                        body = new byte[length];
                    }

                    await stream.ReadExactlyAsync(body.AsMemory(0, length)).ConfigureAwait(false);
                    int events = Lines(body.AsSpan(0, length), head.Contains(Packed, StringComparison.OrdinalIgnoreCase), lines) / LinesPerEvent;
                    await stream.WriteAsync(Answer(head, events)).ConfigureAwait(false);
                    await stream.FlushAsync().ConfigureAwait(false);
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }

    /// <summary>The lines up to the empty one; null when the client has gone.</summary>
    private static async Task<string?> ReadHeadAsync(BufferedStream stream)
    {
        using var reader = new StringWriter(CultureInfo.InvariantCulture);
        byte[] one = new byte[1];
        for (int end = 0; end < 4;)
        {
            if (await stream.ReadAsync(one).ConfigureAwait(false) == 0)
            {
                return null;
            }

            reader.Write((char)one[0]);
            end = one[0] == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : 0;
        }

        return reader.ToString();
    }

    private static int BodyLength(string head)
    {
        int header = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        return header < 0 ? 0 : int.Parse(head.AsSpan(header + Length.Length)[..head.AsSpan(header + Length.Length).IndexOf('\r')], CultureInfo.InvariantCulture);
    }

    private static unsafe int Lines(ReadOnlySpan<byte> body, bool isPacked, byte[] buffer)
    {
        if (!isPacked)
        {
            return body.Count((byte)'\n');
        }

        int lines = 0;
        fixed (byte* start = body)
        {
            using var packed = new UnmanagedMemoryStream(start, body.Length);
            using var plain = new GZipStream(packed, CompressionMode.Decompress);
            for (int read; (read = plain.Read(buffer)) > 0;)
            {
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }
        }

        return lines;
    }

    private static byte[] Answer(string head, int events)
    {
        string body = head.Contains("/_bulk", StringComparison.Ordinal)
            ? $$"""{"errors":false,"items":[{{string.Join(',', Enumerable.Repeat("{\"create\":{\"status\":201}}", events))}}]}"""
            : head.StartsWith("GET / ", StringComparison.Ordinal) ? Info : "{}";
        return Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\n\r\n{body}"));
    }
}
