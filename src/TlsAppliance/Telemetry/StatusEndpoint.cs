using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TlsAppliance.Configuration;
using TlsAppliance.Configuration.Values;
using TlsAppliance.Pipeline.Diagnostics;

namespace TlsAppliance.Telemetry;

/// <summary>
/// <c>/metrics</c> for Prometheus, <c>/stats</c> as Packetbeat has it, <c>/healthz</c> (the process lives; then a line for each capture) and <c>/readyz</c> (it can be relied on; else 503 and
/// why). With a token every request must carry it; without, <c>/healthz</c> still tells that the process lives. Kestrel without host, routing and logging: what is not there starts fast and takes no
/// signals away.
/// </summary>
internal sealed class StatusEndpoint : IHttpApplication<IFeatureCollection>, IDisposable
{
    private const string SocketAddress = "http://localhost";
    private const string Alive = "ok\n";
    private const string PlainText = "text/plain; charset=utf-8";

    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(1);

    private static readonly string[] s_paths = ["/metrics", "/stats", "/state", "/inputs/", "/healthz", "/readyz", "/"];

    private readonly StatusSources _sources;
    private readonly byte[] _authorization;
    private readonly PipelineMetrics _metrics;
    private readonly PrometheusText _text;
    private readonly BeatStatistics _statistics;
    private readonly KestrelServer _server;
    private readonly StatusSocket? _socket;

    private StatusEndpoint(HttpOptions options, StatusSources sources)
    {
        _sources = sources;
        _authorization = options.Token.Length == 0 ? [] : Encoding.UTF8.GetBytes("Bearer " + options.Token);
        _metrics = new PipelineMetrics(sources.Pipeline, TimeProvider.System);
        _text = new PrometheusText([PipelineMetrics.MeterName, PrometheusText.RuntimeMeter, .. sources.Meters]);
        _statistics = new BeatStatistics(sources, TimeProvider.System);
        var server = new KestrelServerOptions { AddServerHeader = false };
        server.Limits.MaxConcurrentConnections = 64;
        server.Limits.MaxRequestBodySize = 0;
        Listen(server, options);
        _socket = options.SocketPath is { } path ? new StatusSocket(path) : null;
        _server = new KestrelServer(
            Options.Create(server), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary><c>http://localhost:5066</c>; with a socket in the file system what a client asks there for.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where the metrics are, for a person.</summary>
    public string MetricsPlace => _socket is null ? $"{Address}/metrics" : $"{Address}/metrics on the socket {_socket.Path}";

    /// <exception cref="ListenException">The port is taken, or may not be used.</exception>
    public static StatusEndpoint Start(HttpOptions options, PipelineStatus status) => Start(options, new StatusSources(status));

    /// <inheritdoc cref="Start(HttpOptions, PipelineStatus)"/>
    public static StatusEndpoint Start(HttpOptions options, StatusSources sources)
    {
        var endpoint = new StatusEndpoint(options, sources);
        try
        {
            endpoint._socket?.Clear();
            endpoint._server.StartAsync(endpoint, CancellationToken.None).GetAwaiter().GetResult();
            endpoint._socket?.Restrict();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            endpoint.Dispose();
            throw new ListenException(options.SocketPath ?? string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.Port}"), failure);
        }

        endpoint.Address = options.SocketPath is null ? endpoint._server.Features.Get<IServerAddressesFeature>()!.Addresses.First() : SocketAddress;
        return endpoint;
    }

    private static void Listen(KestrelServerOptions server, HttpOptions options)
    {
        if (options.SocketPath is { } path)
        {
            server.ListenUnixSocket(path);
        }
        else if (options.Host != ListenHostFormat.Localhost)
        {
            server.Listen(IPAddress.Parse(options.Host), options.Port);
        }
        else if (options.Port == 0)
        {
            server.Listen(IPAddress.Loopback, 0);
        }
        else
        {
            server.ListenLocalhost(options.Port);
        }
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var http = new DefaultHttpContext(context);
        (int code, string type, string text) = IsAllowed(http.Request)
            ? Answer(http.Request.Method, http.Request.Path)
            : http.Request is { Method: "GET", Path.Value: "/healthz" }
                ? (StatusCodes.Status200OK, PlainText, Alive)
                : (StatusCodes.Status401Unauthorized, PlainText, "send the token of http.token as Authorization: Bearer\n");
        if (code == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        http.Response.StatusCode = code;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>Compared in constant time, so that the time of an answer tells nothing.</summary>
    private bool IsAllowed(HttpRequest request) => _authorization.Length == 0 ||
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _authorization);

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    private (int Code, string Type, string Text) Answer(string method, string path) => (method, path) switch
    {
        ("GET", "/metrics") => (StatusCodes.Status200OK, PrometheusText.ContentType, _text.Write()),
        ("GET", "/stats") => (StatusCodes.Status200OK, BeatStatistics.ContentType, _statistics.Stats()),
        ("GET", "/state") => (StatusCodes.Status200OK, BeatStatistics.ContentType, _statistics.State()),
        ("GET", "/") => (StatusCodes.Status200OK, BeatStatistics.ContentType, _statistics.Root()),
        ("GET", "/inputs/" or "/inputs") => (StatusCodes.Status200OK, BeatStatistics.ContentType, _statistics.Inputs()),
        ("GET", "/healthz") => (StatusCodes.Status200OK, PlainText, string.Concat([Alive, .. (_sources.InputLines?.Invoke() ?? []).Select(line => line + "\n")])),
        ("GET", "/readyz") => Readiness(),
        (not "GET", _) when s_paths.Contains(path) => (StatusCodes.Status405MethodNotAllowed, PlainText, "GET only\n"),
        _ => (StatusCodes.Status404NotFound, PlainText, $"there are {string.Join(", ", s_paths)}\n"),
    };

    private (int Code, string Type, string Text) Readiness()
    {
        string[] complaints = [.. _sources.AllComplaints()];
        _sources.Pipeline.RequestSnapshot();
        return complaints.Length == 0
            ? (StatusCodes.Status200OK, PlainText, "ready\n")
            : (StatusCodes.Status503ServiceUnavailable, PlainText, string.Join('\n', complaints) + "\n");
    }

    public void Dispose()
    {
        using var timeout = new CancellationTokenSource(s_stopTimeout);
        _server.StopAsync(timeout.Token).GetAwaiter().GetResult();
        _server.Dispose();
        _text.Dispose();
        _metrics.Dispose();
    }
}
