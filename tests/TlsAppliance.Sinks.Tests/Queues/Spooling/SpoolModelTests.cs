using CsCheck;
using TlsAppliance.Sinks.Queues.Spooling;

namespace TlsAppliance.Sinks.Tests.Queues.Spooling;

/// <summary>Random histories with the end between any two file operations. TLS_APPLIANCE_SOAK says how many, in thousands.</summary>
public class SpoolModelTests
{
    private static readonly Gen<(int, int, int)[]> s_steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 40], Gen.Int[0, 1000]).Array[1, 80];

    /// <summary>Bounds so small that everything happens at once, and those of the product.</summary>
    public static TheoryData<bool> Limits => [true, false];

    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("TLS_APPLIANCE_SOAK"), out int thousands) ? thousands * 1000 : 1500;

    [Theory]
    [MemberData(nameof(Limits))]
    public void What_was_written_survives_a_kill_and_what_was_synced_a_power_cut(bool tiny) =>
        s_steps.Sample(steps => Run(steps, tiny, failures: 0), iter: Histories);

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_disk_that_fails_now_and_then_changes_nothing_about_it(bool tiny) =>
        s_steps.Sample(steps => Run(steps, tiny, failures: 10), iter: Histories / 3);

    private static void Run((int Kind, int Count, int Size)[] steps, bool tiny, int failures)
    {
        int recent = (steps.Length % 3) switch { 0 => 0, 1 => 300, _ => 16 << 20 };
        SpoolOptions options = tiny
            ? new SpoolOptions(MaximumBytes: 6000, SegmentBytes: 900, WriteAheadEvents: 8, WriteAheadBytes: 4000, recent)
            : new SpoolOptions(10_000_000_000, 64 << 20, 2048, 32 << 20, recent);
        var history = new SpoolHistory(options, new MemoryFiles(steps.Length));
        foreach ((int kind, int count, int size) in steps)
        {
            history.Files.FailuresPerCent = failures;
            try
            {
                Do(history, kind, count, size);
                history.CheckBalance();
            }
            catch (PowerCut)
            {
                history.Files.FailuresPerCent = 0;
                history.Restart(powerIsCut: count % 2 == 0);
            }
        }

        history.Files.FailuresPerCent = 0;
        history.Restart(powerIsCut: false);
        history.Restart(powerIsCut: true);
    }

    private static void Do(SpoolHistory history, int kind, int count, int size)
    {
        switch (kind)
        {
            case <= 2:
                history.Append((count % 8) + 1, size / 4);
                break;
            case 3:
                history.Append(1, size);
                break;
            case 4:
                history.Read(count + 1);
                break;
            case 5 or 6:
                for (int i = 0; i < count; i++)
                {
                    history.Settle(size + i);
                }

                break;
            case 7:
                history.Sync(count % 3);
                break;
            case 8:
                history.Files.Fuse = count;
                break;
            default:
                history.Read(int.MaxValue);
                break;
        }
    }
}
