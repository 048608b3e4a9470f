using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;

namespace TlsAppliance.Sinks.Elasticsearch.Client;

/// <summary>
/// <see cref="IElasticsearchClient"/> over HTTP/1.1 and the few calls that we need. Media types are the plain ones: the versioned ones
/// (<c>compatible-with=8</c>) are refused by OpenSearch and by Elasticsearch of another major version, and the bulk format is the same in all.
/// </summary>
public sealed class ElasticsearchClient : IElasticsearchClient
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";

    /// <summary>The part of <see cref="ElasticsearchOptions.Timeout"/> that the server gets; see there.</summary>
    private const int ServerShare = 3;

    /// <summary>Connecting takes no longer, so that a host that swallows packets does not hold up the turn of the others for a whole timeout.</summary>
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Names are resolved anew this often, for a balancer behind a name.</summary>
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly string s_userAgent = "tls-appliance/" + typeof(ElasticsearchClient).Assembly.GetName().Version?.ToString(3);

    private readonly ElasticsearchOptions _options;
    private readonly TimeProvider _time;
    private readonly HostPool _hosts;
    private readonly ServerCertificateCheck _certificates;
    private readonly HttpMessageInvoker _http;
    private readonly string _bulkPath;

    /// <exception cref="ElasticsearchOptionsException">A host, certificate, key or proxy of the options cannot be used.</exception>
    public ElasticsearchClient(ElasticsearchOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _hosts = new HostPool(ParseHosts(options), options.LoadBalance, time);
        _certificates = new ServerCertificateCheck(options.Tls);
        _http = new HttpMessageInvoker(MakeHandler());
        _bulkPath = "_bulk?" + string.Join('&', BulkParameters().Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
    }

    /// <summary>How many hosts there are; each has its own workers.</summary>
    public int Hosts => _hosts.Count;

    public async ValueTask<ServerInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        using ElasticsearchAnswer answer = await SendAsync(HttpMethod.Get, "", default, cancellationToken).ConfigureAwait(false);
        return ServerInfo.Read(answer, _options.AllowOlderVersions);
    }

    public ValueTask<ElasticsearchAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        SendToAnyAsync(method, path, json, Json, cancellationToken);

    public ValueTask<ElasticsearchAnswer> BulkAsync(ReadOnlyMemory<byte> ndjson, CancellationToken cancellationToken) =>
        SendToAnyAsync(HttpMethod.Post, _bulkPath, ndjson, Ndjson, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static IEnumerable<HostAddress> ParseHosts(ElasticsearchOptions options)
    {
        if (options.Hosts.Count == 0)
        {
            throw new ElasticsearchOptionsException("hosts is empty");
        }

        try
        {
            return [.. options.Hosts.Select(host => HostAddress.Parse(host, options))];
        }
        catch (FormatException failure)
        {
            throw new ElasticsearchOptionsException("hosts: " + failure.Message, failure);
        }
    }

    private SocketsHttpHandler MakeHandler()
    {
        IWebProxy? proxy = ElasticsearchProxy.Choose(_options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = s_connectTimeout,
            PooledConnectionIdleTimeout = _options.IdleConnectionTimeout,
            PooledConnectionLifetime = s_connectionLifetime,
            Proxy = proxy,
            UseProxy = proxy is not null,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = _options.Tls.Protocols,
                RemoteCertificateValidationCallback = _certificates.Accepts,
            },
        };
        if (PemCertificates.LoadOwn(_options.Tls) is { } own)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own.Certificate, own.Chain, offline: true);
        }

        return handler;
    }

    private Dictionary<string, string> BulkParameters()
    {
        var parameters = new Dictionary<string, string>
        {
            ["filter_path"] = "errors,items.*._id,items.*.status,items.*.error",
            ["timeout"] = $"{Math.Max(1, (long)(_options.Timeout.TotalSeconds / ServerShare))}s",
        };
        if (_options.Pipeline.Length > 0)
        {
            parameters["pipeline"] = _options.Pipeline;
        }

        foreach ((string name, string value) in _options.Parameters)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    /// <summary>
    /// A host that gave no answer hands over to the next one at once: a repeated request does no harm, since every event has its id. Of several hosts each has to
    /// show before its first events that it is one that we write to; an only one has shown it at the start.
    /// </summary>
    private async ValueTask<ElasticsearchAnswer> SendToAnyAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken)
    {
        for (int left = _hosts.Count; ; left--)
        {
            HostState host = _hosts.Next();
            try
            {
                if (_hosts.Count > 1 && mediaType == Ndjson && !_hosts.Knows(host))
                {
                    await MeetAsync(host, cancellationToken).ConfigureAwait(false);
                }

                ElasticsearchAnswer answer = await SendToAsync(host.Address, method, path, body, mediaType, cancellationToken).ConfigureAwait(false);
                Note(host, answer.Status);
                return answer;
            }
            catch (ElasticsearchException failure)
            {
                _hosts.Failed(host);
                _hosts.Know(host, false);

                // After a timeout the caller has waited long enough; what it does next is its own decision.
                if (left <= 1 || failure.Failure == ElasticsearchFailure.Timeout || !_hosts.HasFreshHost())
                {
                    throw;
                }
            }
        }
    }

    private async ValueTask MeetAsync(HostState host, CancellationToken cancellationToken)
    {
        using ElasticsearchAnswer answer = await SendToAsync(host.Address, HttpMethod.Get, "", default, Json, cancellationToken).ConfigureAwait(false);
        ServerInfo.Read(answer, _options.AllowOlderVersions);
        _hosts.Know(host, true);
    }

    private void Note(HostState host, int status)
    {
        if (status is 502 or 503 or 504)
        {
            _hosts.Failed(host);
        }
        else
        {
            _hosts.Answered(host);
        }
    }

    private async ValueTask<ElasticsearchAnswer> SendToAsync(
        HostAddress host, HttpMethod method, string path, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using HttpRequestMessage request = MakeRequest(host, method, path, body, mediaType);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return await AnswerReader.ReadAsync(host.Name, response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own limit for connecting shows itself as a cancellation, too.
            string reason = timeout.IsCancellationRequested ? $"no answer within {_options.Timeout.TotalSeconds:0.#} s" : $"no connection within {s_connectTimeout.TotalSeconds:0.#} s";
            throw new ElasticsearchException(
                timeout.IsCancellationRequested ? ElasticsearchFailure.Timeout : ElasticsearchFailure.Connection, host.Name, reason, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or SocketException)
        {
            throw Explain(host, failure);
        }
    }

    private HttpRequestMessage MakeRequest(HostAddress host, HttpMethod method, string path, ReadOnlyMemory<byte> body, string mediaType)
    {
        var request = new HttpRequestMessage(method, new Uri(host.Root, path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Accept", Json);
        request.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        if (host.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach ((string name, string value) in _options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (!body.IsEmpty)
        {
            request.Content = RequestBody.Make(body, mediaType, _options.CompressionLevel);
        }

        return request;
    }

    private ElasticsearchException Explain(HostAddress host, Exception failure)
    {
        string text = failure.GetBaseException().Message.ReplaceLineEndings(" ");
        HttpRequestError? error = (failure as HttpRequestException)?.HttpRequestError;
        if (error == HttpRequestError.SecureConnectionError || failure.GetBaseException() is AuthenticationException)
        {
            return new ElasticsearchException(ElasticsearchFailure.Tls, host.Name, _certificates.RefusalOf(host.Root.Host) ?? "TLS failed: " + text, failure);
        }

        return error switch
        {
            HttpRequestError.NameResolutionError => new ElasticsearchException(ElasticsearchFailure.Name, host.Name, $"the name has no address ({text})", failure),
            HttpRequestError.ConnectionError => new ElasticsearchException(ElasticsearchFailure.Connection, host.Name, "cannot connect: " + text, failure),
            HttpRequestError.ProxyTunnelError => new ElasticsearchException(ElasticsearchFailure.Proxy, host.Name, "the proxy refuses: " + text, failure),
            _ => new ElasticsearchException(ElasticsearchFailure.Answer, host.Name, "no usable answer: " + text, failure),
        };
    }
}
