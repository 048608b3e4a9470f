using BenchmarkDotNet.Running;
using TlsAppliance.Benchmarks.Allocations;
using TlsAppliance.Benchmarks.Linear;
using TlsAppliance.Benchmarks.Reports;

if (args is ["allocations", .. string[] options])
{
    return AllocationCheck.Run(Console.Out, writesExpected: options.Contains("--write"));
}

if (args is ["linear"])
{
    return LinearCheck.Run(Console.Out);
}

BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, new ReportConfig());
return 0;
