using System.Globalization;
using System.Net;
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
/// <c>/metrics</c> for Prometheus, <c>/healthz</c> (the process lives) and <c>/readyz</c> (it can be relied on; else 503 and why), for the time of a replay. Kestrel
/// without host, routing and logging: what is not there starts fast and takes no signals away.
/// </summary>
internal sealed class StatusEndpoint : IHttpApplication<IFeatureCollection>, IDisposable
{
    private const string PlainText = "text/plain; charset=utf-8";

    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(1);

    private readonly PipelineStatus _status;
    private readonly PipelineMetrics _metrics;
    private readonly PrometheusText _text = new(PipelineMetrics.MeterName, PrometheusText.RuntimeMeter);
    private readonly KestrelServer _server;

    private StatusEndpoint(HttpOptions options, PipelineStatus status)
    {
        _status = status;
        _metrics = new PipelineMetrics(status, TimeProvider.System);
        var server = new KestrelServerOptions { AddServerHeader = false };
        server.Limits.MaxConcurrentConnections = 64;
        server.Limits.MaxRequestBodySize = 0;
        Listen(server, options);
        _server = new KestrelServer(
            Options.Create(server), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary><c>http://localhost:5066</c>.</summary>
    public string Address { get; private set; } = "";

    /// <exception cref="ListenException">The port is taken, or may not be used.</exception>
    public static StatusEndpoint Start(HttpOptions options, PipelineStatus status)
    {
        var endpoint = new StatusEndpoint(options, status);
        try
        {
            endpoint._server.StartAsync(endpoint, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            endpoint.Dispose();
            throw new ListenException(string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.Port}"), failure);
        }

        endpoint.Address = endpoint._server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return endpoint;
    }

    private static void Listen(KestrelServerOptions server, HttpOptions options)
    {
        if (options.Host != ListenHostFormat.Localhost)
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
        (int code, string type, string text) = Answer(http.Request.Method, http.Request.Path);
        http.Response.StatusCode = code;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    private (int Code, string Type, string Text) Answer(string method, string path) => (method, path) switch
    {
        ("GET", "/metrics") => (StatusCodes.Status200OK, PrometheusText.ContentType, _text.Write()),
        ("GET", "/healthz") => (StatusCodes.Status200OK, PlainText, "ok\n"),
        ("GET", "/readyz") => Readiness(),
        (_, "/metrics" or "/healthz" or "/readyz") => (StatusCodes.Status405MethodNotAllowed, PlainText, "GET only\n"),
        _ => (StatusCodes.Status404NotFound, PlainText, "there are /metrics, /healthz and /readyz\n"),
    };

    private (int Code, string Type, string Text) Readiness()
    {
        string[] complaints = [.. _status.Complaints()];
        _status.RequestSnapshot();
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
