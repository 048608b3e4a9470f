using System.Diagnostics;
using System.Globalization;

namespace TlsAppliance.LoadTest.Measure;

/// <summary>Runs a program to its end under GNU time and reads what it cost.</summary>
internal static class MeasuredProcess
{
    private const string Marker = "measured ";
    private const long Kibibyte = 1024;

    /// <param name="cpus">Processors to keep it on, as taskset takes them (<c>1</c> or <c>0,1</c>).</param>
    /// <param name="command">Program and arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public static ProcessCost Run(string cpus, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("/usr/bin/time", ["-f", Marker + "%U %S %e %M", "taskset", "-c", cpus, .. command])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("GNU time did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        string text = errors.GetAwaiter().GetResult();
        int marker = text.LastIndexOf(Marker, StringComparison.Ordinal);
        if (process.ExitCode != 0 || marker < 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {text}");
        }

        double[] figures = [.. text[(marker + Marker.Length)..].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return new ProcessCost(figures[0], figures[1], figures[2], (long)figures[3] * Kibibyte);
    }
}
