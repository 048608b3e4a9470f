using System.Diagnostics;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Pipeline;
using TlsAppliance.Sinks;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Benchmarks.Linear;

/// <summary>
/// <c>linear</c>: doubles one thing that an input has many of, twice, and compares the time that the whole engine takes inline. For a machine with nothing else to do; what can be
/// counted instead of timed (steps of the flow table and of reassembly) is counted by the tests.
/// </summary>
internal static class LinearCheck
{
    /// <summary>Twice the work may cost so much more.</summary>
    private const double Bound = 2.3;

    private const int Rounds = 9;
    private const int Doublings = 2;

    private static readonly PipelineOptions s_options = new()
    {
        // Bounds out of the way: what is measured is the work that they would save.
        Tls = new TlsOptions { MaxCertificates = 1024, MaxHandshakeMessage = 8 << 20 },
        Certificates = new CertificateCacheOptions { MaxEntries = 0 },
    };

    /// <summary>Prints a table. 1 when doubling costs more than the bound.</summary>
    public static int Run(TextWriter output)
    {
        output.WriteLine("| doubled | from, to | time |");
        output.WriteLine("|---|---|---|");
        bool holds = true;
        foreach (LinearSubject subject in LinearSubject.All)
        {
            int[] sizes = [.. Enumerable.Range(0, Doublings + 1).Select(doubling => subject.Size << doubling)];
            double[] times = Measure([.. sizes.Select(size => new SampleSource(subject.Frames(size)))]);
            for (int i = 1; i < sizes.Length; i++)
            {
                double ratio = times[i] / times[i - 1];
                holds &= ratio <= Bound;
                output.WriteLine(FormattableString.Invariant($"| {subject.Name} | {sizes[i - 1]:N0}, {sizes[i]:N0} | {ratio:0.00} |"));
            }
        }

        return holds ? 0 : 1;
    }

    /// <summary>The shortest of several rounds, which take turns.</summary>
    private static double[] Measure(SampleSource[] sources)
    {
        double[] shortest = [.. sources.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                sources[i].Rewind();
                var pipeline = new ReplayPipeline(s_options, new NullSink());
                GC.Collect();
                long start = Stopwatch.GetTimestamp();
                pipeline.Run(sources[i], CancellationToken.None);
                shortest[i] = Math.Min(shortest[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
                if (pipeline.Counters.Events == 0)
                {
                    throw new InvalidOperationException("a sample gave no event");
                }
            }
        }

        return shortest;
    }
}
