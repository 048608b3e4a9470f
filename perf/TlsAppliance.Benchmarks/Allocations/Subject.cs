using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace TlsAppliance.Benchmarks.Allocations;

/// <summary>One benchmark of this program, as something that can be called: <c>FrameDecoderBenchmarks.Decode</c>.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Run">Does <paramref name="Operations"/> operations.</param>
/// <param name="Operations">What the figures are shared out among.</param>
internal sealed record Subject(string Name, Func<long> Run, int Operations)
{
    /// <summary>All benchmarks but the baselines, which are there to compare times with and are not ours.</summary>
    public static IEnumerable<Subject> All() => typeof(Subject).Assembly.GetTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(Of);

    private static IEnumerable<Subject> Of(Type type)
    {
        MethodInfo[] methods = [.. type.GetMethods().Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is { Baseline: false })];
        if (methods.Length == 0)
        {
            yield break;
        }

        object instance = Activator.CreateInstance(type)!;
        foreach (MethodInfo method in methods)
        {
            yield return new Subject(
                type.Name + "." + method.Name, method.CreateDelegate<Func<long>>(instance), method.GetCustomAttribute<BenchmarkAttribute>()!.OperationsPerInvoke);
        }

        (instance as IDisposable)?.Dispose();
    }

    /// <summary>Bytes allocated per operation once pools are filled and tables have grown, whatever else the machine does.</summary>
    public double Measure(int warmUp, int calls)
    {
        Call(warmUp);
        return Testing.Allocations.Of(() => Call(calls)) / ((double)calls * Operations);
    }

    private void Call(int times)
    {
        for (int i = 0; i < times; i++)
        {
            Run();
        }
    }
}
