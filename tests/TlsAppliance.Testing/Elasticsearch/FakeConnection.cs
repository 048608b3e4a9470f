using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One connection: reads requests, has them answered, and sends the answers as the faults demand.</summary>
internal sealed class FakeConnection(FakeElasticsearch server, FakeElasticsearchOptions options, Socket socket)
{
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var http = new HttpStream(stream);
            while (await http.ReadHeadAsync(cancellationToken).ConfigureAwait(false) is { } head)
            {
                if (!await AnswerAsync(http, head, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side is gone, or does not like us: that is what some tests are about.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (options.Certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(options.Certificate, options.Chain, offline: true),
                ClientCertificateRequired = options.ClientThumbprint is not null,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => options.ClientThumbprint is null || certificate?.GetCertHashString() == options.ClientThumbprint,
            },
            cancellationToken).ConfigureAwait(false);
        return tls;
    }

    /// <returns>false when the connection is over.</returns>
    private async Task<bool> AnswerAsync(HttpStream http, RequestHead head, CancellationToken cancellationToken)
    {
        if (head.Header("Expect") is { Length: > 0 } expect)
        {
            bool isKnown = expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase);
            if (!isKnown)
            {
                await SendAsync(http, new FakeAnswer(417, [], null) { HasProduct = false, Closes = true }, cancellationToken).ConfigureAwait(false);
                return false;
            }

            await http.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        // A plain body that is too long is refused as soon as its length is known, and read away afterwards.
        bool isTooLong = !head.IsChunked && !head.IsPacked && head.ContentLength > options.MaximumContentLength;
        if (isTooLong)
        {
            await SendAsync(http, TooLarge(closes: false), cancellationToken).ConfigureAwait(false);
        }

        byte[] wire = await http.ReadBodyAsync(head, cancellationToken).ConfigureAwait(false);
        if (isTooLong)
        {
            return true;
        }

        byte[]? body = head.IsPacked ? GzipBody.Unpack(wire, head.Header("Content-Encoding").Equals("deflate", StringComparison.OrdinalIgnoreCase)) : wire;
        if (body is null)
        {
            return false;
        }

        if (body.Length > options.MaximumContentLength)
        {
            await SendAsync(http, TooLarge(closes: true), cancellationToken).ConfigureAwait(false);
            return false;
        }

        var request = new FakeRequest(head.Method, head.Path, head.Query(), head.Headers, body, wire.Length);
        FakeAnswer answer = server.Answer(request);
        bool closes = answer.Closes || head.Header("Connection").Equals("close", StringComparison.OrdinalIgnoreCase);
        await SendAsync(http, answer with { Closes = closes, Body = head.Method == "HEAD" ? [] : answer.Body }, cancellationToken).ConfigureAwait(false);
        server.Confirm(answer);
        return !closes && answer.Wire is not (BulkFault.CutBody or BulkFault.ResetBeforeTaking or BulkFault.ResetAfterTaking or BulkFault.Silence);
    }

    private static FakeAnswer TooLarge(bool closes) => new(413, [], null) { HasProduct = false, Closes = closes };

    private async Task SendAsync(HttpStream http, FakeAnswer answer, CancellationToken cancellationToken)
    {
        byte[] head = Head(answer);
        switch (answer.Wire)
        {
            case BulkFault.ResetBeforeTaking or BulkFault.ResetAfterTaking:
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                break;
            case BulkFault.Silence:
                // Until the client hangs up.
                await http.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
                break;
            case BulkFault.CutBody:
                await http.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                await http.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), cancellationToken).ConfigureAwait(false);
                break;
            case BulkFault.SlowHeaders:
                await TrickleAsync(http, head, cancellationToken).ConfigureAwait(false);
                await http.WriteAsync(answer.Body, cancellationToken).ConfigureAwait(false);
                break;
            case BulkFault.SlowBody:
                await http.WriteAsync(head, cancellationToken).ConfigureAwait(false);
                await TrickleAsync(http, answer.Body, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await http.WriteAsync((byte[])[.. head, .. answer.Body], cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Byte by byte, of a long text its first thousand.</summary>
    private static async Task TrickleAsync(HttpStream http, byte[] bytes, CancellationToken cancellationToken)
    {
        int slow = Math.Min(bytes.Length, 1000);
        for (int at = 0; at < slow; at++)
        {
            await http.WriteAsync(bytes.AsMemory(at, 1), cancellationToken).ConfigureAwait(false);
        }

        await http.WriteAsync(bytes.AsMemory(slow), cancellationToken).ConfigureAwait(false);
    }

    private byte[] Head(FakeAnswer answer)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append(answer.Status).Append(" x\r\n");
        if (answer.HasProduct && !options.IsOpenSearch)
        {
            head.Append("X-elastic-product: Elasticsearch\r\n");
        }

        foreach ((string name, string value) in answer.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (answer.ContentType is not null)
        {
            head.Append("content-type: ").Append(options.IsOpenSearch ? answer.ContentType.Split(';')[0] + "; charset=UTF-8" : answer.ContentType).Append("\r\n");
        }

        if (answer.Closes)
        {
            head.Append("connection: close\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("content-length: ").Append(answer.Body.Length).Append("\r\n\r\n").ToString());
    }
}
