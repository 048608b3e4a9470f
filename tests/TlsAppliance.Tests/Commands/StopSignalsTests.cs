using System.Runtime.InteropServices;
using TlsAppliance.Commands;

namespace TlsAppliance.Tests.Commands;

/// <summary>The runtime calls on a thread of its own, whenever that comes to run. An exception there ends the process with 134.</summary>
public sealed class StopSignalsTests
{
    [Fact]
    public void The_first_signal_asks_for_a_stop()
    {
        using var signals = new StopSignals();
        var signal = new PosixSignalContext(PosixSignal.SIGTERM);

        signals.OnSignal(signal);

        Assert.True(signals.Token.IsCancellationRequested);
        Assert.True(signal.Cancel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_signal_that_is_told_after_the_end_changes_nothing(bool isStopped)
    {
        var signals = new StopSignals();
        CancellationToken token = signals.Token;
        if (isStopped)
        {
            signals.OnSignal(new PosixSignalContext(PosixSignal.SIGTERM));
        }

        signals.Dispose();
        var late = new PosixSignalContext(PosixSignal.SIGTERM);
        signals.OnSignal(late);

        Assert.True(late.Cancel);
        Assert.Equal(isStopped, token.IsCancellationRequested);
    }

    [Fact]
    public async Task Signals_and_the_end_may_come_together()
    {
        const int rounds = 2_000;
        StopSignals? signals = null;
        Action[] together =
        [
            () => signals!.OnSignal(new PosixSignalContext(PosixSignal.SIGTERM)),
            () => signals!.OnSignal(new PosixSignalContext(PosixSignal.SIGINT)),
            () => signals!.Dispose(),
        ];
        using var barrier = new Barrier(together.Length, _ => signals = new StopSignals());
        Exception? Repeat(Action act)
        {
            Exception? failure = null;
            for (int round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                failure ??= Record.Exception(act);
            }

            return failure;
        }

        Exception?[] failures = await Task.WhenAll(together.Select(act => Task.Factory.StartNew(
            () => Repeat(act), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(failures, Assert.Null);
    }
}
