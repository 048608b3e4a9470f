using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace TlsAppliance.Benchmarks.Reports;

/// <summary>Ratios and allocations, and no times: they would be those of one machine on one day.</summary>
internal sealed class ReportConfig : ManualConfig
{
    public ReportConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics);
        AddColumn(BaselineRatioColumn.RatioMean);
        HideColumns(Column.Mean, Column.Error, Column.StdDev, Column.Median, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio, Column.RatioSD);
        AddExporter(new ReportExporter());
        WithSummaryStyle(SummaryStyle.Default.WithZeroMetricValuesInContent());
    }
}
