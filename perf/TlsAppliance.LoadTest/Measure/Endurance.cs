using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>
/// One long looped replay of the product, looked at from outside: its metrics every 100 ms, its resident memory with them, its report at the end.
/// </summary>
internal sealed partial class Endurance
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly List<long> _residentBytes = [];
    private readonly SortedSet<string> _wrong = new(StringComparer.Ordinal);

    private Endurance(JsonElement report) => Report = report;

    /// <summary>What <c>--report</c> wrote.</summary>
    public JsonElement Report { get; private set; }

    /// <summary>Times that the metrics were read with accounting residuals in them.</summary>
    public int Readings { get; private set; }

    /// <summary>Residuals other than zero, as the metrics told them.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>
    /// Resident memory of the last fifth of the run to that of the second fifth, medians: 1 is flat. What the first fifth adds is warm-up: tables grow to the load, pools
    /// fill, code is compiled.
    /// </summary>
    public double Growth => Median(_residentBytes[(_residentBytes.Count * 4 / 5)..]) / Median(_residentBytes[(_residentBytes.Count / 5)..(_residentBytes.Count * 2 / 5)]);

    public static async Task<Endurance> RunAsync(string program, string capture, TimeSpan duration)
    {
        string report = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = ApplianceCommand.ToRead(program,
            [
                "replay", capture, "-o", "none", "--json", "--loop", "0", "--unique-flows", "--duration", FormattableString.Invariant($"{duration.TotalSeconds:F0}s"),
                "--report", report, "-E", "http.enabled=true", "-E", "http.port=0",
            ]);
            start.RedirectStandardError = true;
            using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
            Endurance run = new(default);
            await run.WatchAsync(process).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(report).ConfigureAwait(false));
            run.Report = document.RootElement.Clone();
            return run;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private async Task WatchAsync(Process process)
    {
        string first = await process.StandardError.ReadLineAsync().ConfigureAwait(false) ?? "";
        Uri metrics = Address().Match(first) is { Success: true } address
            ? new Uri(address.Value)
            : throw new InvalidOperationException("the program did not tell its metrics: " + first);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task ended = process.WaitForExitAsync();
        using var client = new HttpClient();
        while (await Task.WhenAny(ended, Task.Delay(s_interval)).ConfigureAwait(false) != ended)
        {
            await ReadAsync(client, metrics, process).ConfigureAwait(false);
        }

        await output.ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the program ended with {process.ExitCode}: {await errors.ConfigureAwait(false)}");
        }
    }

    private async Task ReadAsync(HttpClient client, Uri metrics, Process process)
    {
        try
        {
            MatchCollection residuals = Residual().Matches(await client.GetStringAsync(metrics).ConfigureAwait(false));
            Readings += residuals.Count > 0 ? 1 : 0;
            _wrong.UnionWith(residuals.Where(residual => residual.Groups["value"].Value != "0").Select(residual => residual.Value));
            process.Refresh();
            _residentBytes.Add(process.WorkingSet64);
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException)
        {
            // It ends at this moment; its exit code will tell.
        }
    }

    private static double Median(List<long> values)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[values.Count / 2];
    }

    [GeneratedRegex(@"http://\S+/metrics")]
    private static partial Regex Address();

    [GeneratedRegex(@"^tls_appliance_accounting_residual\{[^}]*\} (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Residual();
}
