using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>
/// A real Elasticsearch 8.2.3 on loopback, as <c>../shared/elasticsearch</c> starts it: one node, no security, no ILM. It cannot outlive this process, because
/// it stops when its standard input ends. Not for two threads at a time where it is stopped and started; requests may come from any.
/// </summary>
public sealed class ElasticsearchNode : IAsyncDisposable
{
    private const int OldestJava = 17;
    private const string Ready = "ready ";
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromMinutes(8);

    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _http = new();
    private readonly string _program;
    private readonly string[] _settings;
    private Process? _process;

    private ElasticsearchNode(string program, string[] settings) => (_program, _settings) = (program, settings);

    /// <summary>The port is kept over a restart.</summary>
    public int Port { get; private set; }

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Url => FormattableString.Invariant($"http://127.0.0.1:{Port}");

    /// <summary>Why there can be none in this place; null when it can be started. Fails in continuous integration.</summary>
    public static string? Absence()
    {
        if (SharedMaterial.Find(out string reason, "elasticsearch", "elasticsearch") is null)
        {
            return reason;
        }

        if (JavaVersion() >= OldestJava)
        {
            return null;
        }

        const string Missing = "no Java 17 or newer";
        return RepositoryRoot.IsContinuousIntegration ? throw new FileNotFoundException(Missing) : Missing;
    }

    /// <param name="settings">Settings of the server: <c>key=value</c>.</param>
    public static async Task<ElasticsearchNode> StartNewAsync(params string[] settings)
    {
        var node = new ElasticsearchNode(RepositoryRoot.Shared("elasticsearch", "elasticsearch")!, settings);
        await node.StartAsync();
        return node;
    }

    /// <summary>Starts it again over the same data, on the same port.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(
            _program, ["start", "--port", $"{Port}", "--data", _data.Path, "--heap", "512m", "--stop-on-eof", .. _settings.SelectMany(setting => new[] { "--set", setting })])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException(_program + " did not start");
        PrintedText errors = new();
        _process.ErrorDataReceived += errors.Take;
        _process.BeginErrorReadLine();
        string? ready = await _process.StandardOutput.ReadLineAsync().WaitAsync(s_startTimeout);
        if (ready is null || !ready.StartsWith(Ready, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Elasticsearch did not start: {ready} {errors}");
        }

        Port = new Uri(ready[Ready.Length..]).Port;
    }

    /// <summary>As an operator does: requests in flight end without an answer, everything acknowledged is kept.</summary>
    public async Task StopAsync()
    {
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>As the kernel does when memory is short.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>One request; whatever comes back is given back.</summary>
    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using HttpRequestMessage request = new(method, $"{Url}/{path}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, body.Length > 0 ? JsonNode.Parse(body) : null);
    }

    /// <summary>A request that must succeed.</summary>
    public async Task<JsonNode> AskAsync(HttpMethod method, string path, string? json = null)
    {
        (int status, JsonNode? body) = await SendAsync(method, path, json);
        return status is >= 200 and < 300 ? body! : throw new InvalidOperationException($"{method} {path}: {status} {body?.ToJsonString()}");
    }

    /// <summary>Documents that a search finds now, after a refresh.</summary>
    public async Task<long> CountAsync(string indices, string query = """{"match_all":{}}""")
    {
        await AskAsync(HttpMethod.Post, indices + "/_refresh");
        return (long)(await AskAsync(HttpMethod.Post, indices + "/_count", $$"""{"query":{{query}}}"""))["count"]!;
    }

    /// <summary>0 when there is no Java.</summary>
    private static int JavaVersion()
    {
        try
        {
            string text = ToolProcess.Run("java", ["-version"]).Errors;
            int version = text.IndexOf(" version \"", StringComparison.Ordinal);
            return version >= 0 && int.TryParse(string.Concat(text[(version + 10)..].TakeWhile(char.IsAsciiDigit)), out int major) ? major : 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        _data.Dispose();
    }
}
