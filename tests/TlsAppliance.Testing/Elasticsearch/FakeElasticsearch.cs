using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>
/// A double of Elasticsearch on the loopback: keeps documents by index and id, answers as 8.2.3 does (held to that by its contract tests), and does wrong what a
/// script tells it to.
/// </summary>
public sealed class FakeElasticsearch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly FakeElasticsearchOptions _options;
    private readonly List<FakeRequest> _requests = [];
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _connections = [];
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);
    private Socket _listener;
    private Socket? _placeholder;
    private Task _accepting;
    private int _bulks;

    public FakeElasticsearch(FakeElasticsearchOptions? options = null)
    {
        _options = options ?? new FakeElasticsearchOptions();
        Cluster = new FakeCluster(_options);
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }

    public string Url => $"{(_options.Certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    /// <summary>What it holds. Look at it when no request is under way, or within <see cref="Locked{T}"/>.</summary>
    public FakeCluster Cluster { get; }

    /// <summary>The fault of the n-th bulk request, counted from 0.</summary>
    public Func<int, FakeRequest, BulkFault> Script { get; set; } = (_, _) => BulkFault.None;

    /// <summary>Documents with this text in them make the whole request fail with the status.</summary>
    public ConcurrentDictionary<string, int> Poisons { get; } = [];

    /// <summary>false: requests are not kept, for long runs.</summary>
    public bool KeepsRequests { get; init; } = true;

    /// <summary>Events that were sent again although a usable answer had said that they were taken.</summary>
    public int NeedlessResends { get; private set; }

    public IReadOnlyList<FakeRequest> Requests => Locked(() => _requests.ToArray());

    /// <summary>Connections that were ever taken.</summary>
    public int Connections { get; private set; }

    /// <summary>Bulk requests so far.</summary>
    public int Bulks => Locked(() => _bulks);

    public T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    /// <summary>Closes the door and all connections: whoever comes is refused.</summary>
    public void GoDown()
    {
        lock (_lock)
        {
            _listener.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();

            // Nobody else gets the port meanwhile.
            _placeholder ??= Bind(Port);
        }
    }

    /// <summary>Opens again, at the same port and with what it had.</summary>
    public void ComeUp()
    {
        lock (_lock)
        {
            _listener = Listen(Port);
            _placeholder?.Dispose();
            _placeholder = null;
        }

        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        GoDown();
        await _accepting;
        await Task.WhenAll(Locked(() => _connections.ToArray()));
        _placeholder?.Dispose();
        _stop.Dispose();
    }

    internal FakeAnswer Answer(FakeRequest request)
    {
        lock (_lock)
        {
            if (KeepsRequests)
            {
                _requests.Add(request);
            }

            FakeAnswer answer = Refusal(request) ?? Carry(Strip(request));
            if (!request.IsBulk && answer.Status < 300 && request.Query.TryGetValue("filter_path", out string? filter) && answer.Body.Length > 0)
            {
                answer = answer with { Body = FakeAnswer.Json(200, new FilterPath(filter).Cut(JsonNode.Parse(answer.Body)!)).Body };
            }

            return AnswerPacking.Pack(request, MediaTypes.Answer(request, answer, _options.IsOpenSearch));
        }
    }

    /// <summary>An answer has gone out as a whole: from here on the client can know.</summary>
    internal void Confirm(FakeAnswer answer)
    {
        lock (_lock)
        {
            _confirmed.UnionWith(answer.Confirms);
        }
    }

    private FakeAnswer? Refusal(FakeRequest request)
    {
        if (_options.Authorization is { } expected && request.Header("Authorization") != expected)
        {
            return FakeAnswer.Error(401, "security_exception", "unable to authenticate user") with
            {
                Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "ApiKey" },
            };
        }

        if (!request.Path.StartsWith(_options.PathPrefix + "/", StringComparison.Ordinal))
        {
            return new FakeAnswer(404, "not here"u8.ToArray(), "text/plain") { HasProduct = false };
        }

        return _options.IsForbidden && request.Path != _options.PathPrefix + "/"
            ? FakeAnswer.Error(403, "security_exception", "action [indices:data/write/bulk] is unauthorized for user [nobody]")
            : MediaTypes.Refusal(request, _options.IsOpenSearch);
    }

    private FakeRequest Strip(FakeRequest request) => request with { Path = request.Path[_options.PathPrefix.Length..] };

    private FakeAnswer Carry(FakeRequest request) =>
        !request.IsBulk ? Cluster.Answer(request)
        : request.Method is "POST" or "PUT" ? Bulk(request)
        : FakeAnswer.TextError(405, $"Incorrect HTTP method for uri [{request.Path}] and method [{request.Method}], allowed: [POST, PUT]");

    private FakeAnswer Bulk(FakeRequest request)
    {
        BulkFault fault = Script(_bulks++, request);
        if (FaultyAnswers.Refusal(fault) is { } refusal)
        {
            return refusal;
        }

        if (fault is BulkFault.ResetBeforeTaking or BulkFault.Silence)
        {
            return new FakeAnswer(200, []) { Wire = fault };
        }

        foreach ((string poison, int status) in Poisons)
        {
            if (request.Body.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(poison)) >= 0)
            {
                return FakeAnswer.Error(status, "illegal_argument_exception", $"poison {poison}");
            }
        }

        var bulk = new FakeBulk(Cluster, request, (position, index) => FaultyAnswers.Item(fault, position, index));
        FakeAnswer answer = bulk.Run();
        if (answer.Status != 200)
        {
            return answer;
        }

        NeedlessResends += bulk.Items.Count(item => item.Id is { Length: > 0 } id && _confirmed.Contains(id));
        string[] confirmed = FaultyAnswers.LeavesAnswerUsable(fault) ? [.. bulk.Items.Where(item => item.IsThere).Select(item => item.Id!)] : [];
        return FaultyAnswers.Spoil(fault, answer, bulk.Items) with { Confirms = confirmed };
    }

    private static Socket Listen(int port)
    {
        Socket listener = Bind(port);
        listener.Listen();
        return listener;
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                lock (_lock)
                {
                    if (listener != _listener || _placeholder is not null)
                    {
                        // Taken at the moment of going down.
                        socket.Dispose();
                        continue;
                    }

                    Connections++;
                    _sockets.Add(socket);
                    _connections.RemoveAll(connection => connection.IsCompleted);
                    _connections.Add(Task.Run(() => new FakeConnection(this, _options, socket).ServeAsync(_stop.Token)));
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
