using System.Reflection;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using TlsAppliance.Testing;

namespace TlsAppliance.Benchmarks.Reports;

/// <summary>Writes BenchmarkDotNet's table of each class to <c>perf/results/CLASS.md</c>, with the commit that it was measured at.</summary>
internal sealed class ReportExporter : IExporter
{
    public string Name => nameof(ReportExporter);

    /// <summary>The build stamps it behind the version: <c>0.1.0+COMMIT</c>.</summary>
    private static string Commit =>
        typeof(ReportExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[^1];

    public void ExportToLog(Summary summary, ILogger logger) => MarkdownExporter.GitHub.ExportToLog(summary, logger);

    public IEnumerable<string> ExportToFiles(Summary summary, ILogger consoleLogger)
    {
        foreach (IGrouping<Type, BenchmarkReport> reports in summary.Reports.GroupBy(report => report.BenchmarkCase.Descriptor.Type))
        {
            AccumulationLogger table = new();
            ExportToLog(summary, table);
            string path = RepositoryRoot.Combine("perf", "results", reports.Key.Name + ".md");
            string lines = string.Join('\n', table.GetLog().Trim().Split('\n').Select(line => line.TrimEnd()));
            File.WriteAllText(path, $"# {reports.Key.Name}\n\nCommit {Commit}.\n\n{lines}\n");
            yield return path;
        }
    }
}
