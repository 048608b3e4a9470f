using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

public sealed class ReadAheadSourceTests
{
    private const int ManyRuns = 10 * ReadAheadSource.Runs;

    [Fact]
    public void Gives_what_the_source_gives_in_its_order()
    {
        using TemporaryFiles files = new();
        string a = files.Write(PcapWriter.Build([SampleFrames.At(1_000), SampleFrames.At(4_000)]));
        string b = files.Write([.. PcapWriter.Build([SampleFrames.At(2_000)]), 0]);
        CaptureInputs inputs = CaptureInputs.Resolve([a, b]);
        using LoopedCaptureSource plain = new(inputs, passes: 50);
        using ReadAheadSource ahead = new(new LoopedCaptureSource(inputs, passes: 50));

        CaptureReading expected = CaptureReading.Of(plain), reading = CaptureReading.Of(new WaitingReader(ahead));

        Assert.Equal(expected.Frames.Select(frame => frame.Timestamp), reading.Frames.Select(frame => frame.Timestamp));
        Assert.Equal(expected.Origins, reading.Origins);
        Assert.Equal(expected.Fault, reading.Fault);
        Assert.Equal(ahead.BytesTotal, ahead.BytesRead);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ManyRuns / 2)]
    public void Gives_back_what_nobody_asked_for(int asked)
    {
        ListedSource inner = Many();
        using (ReadAheadSource ahead = new(inner))
        {
            for (int i = 0; i < asked; i++)
            {
                ahead.ReadAhead();
                Assert.True(ahead.TryRead(out FrameRun run));
                run.Block.Release();
            }
        }

        Assert.Equal(0, inner.BlocksOut);
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void Reads_no_more_than_it_is_asked_for_while_its_reader_does_not_wait()
    {
        ListedSource inner = Many();
        using ReadAheadSource ahead = new(inner);
        Assert.True(ahead.TryRead(out _));
        Assert.True(ahead.TryRead(out _));
        Assert.Equal(2, inner.BytesRead);
    }

    [Fact]
    public void Reads_a_few_runs_ahead_while_its_reader_waits()
    {
        ListedSource inner = Many();
        using (ReadAheadSource ahead = new(inner))
        {
            ahead.ReadAhead();
            ahead.ReadAhead();
            Assert.True(SpinWait.SpinUntil(() => inner.BytesRead >= ReadAheadSource.Runs, TimeSpan.FromSeconds(30)));
        }

        Assert.Equal(ReadAheadSource.Runs, inner.BytesRead);
        Assert.Equal(0, inner.BlocksOut);
    }

    [Fact]
    public void Reads_ahead_again_when_its_reader_waits_again()
    {
        ListedSource inner = Many();
        using ReadAheadSource ahead = new(inner);
        for (int waits = 1; waits <= 3; waits++)
        {
            ahead.ReadAhead();
            Assert.True(SpinWait.SpinUntil(() => inner.BytesRead >= waits * ReadAheadSource.Runs, TimeSpan.FromSeconds(30)));
            for (int i = 0; i < ReadAheadSource.Runs; i++)
            {
                Assert.True(ahead.TryRead(out _));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_comes_behind_what_was_read_before_it(bool waits)
    {
        using ReadAheadSource ahead = new(new FailingSource(runs: 3));
        for (int i = 0; i < 3; i++)
        {
            if (waits)
            {
                ahead.ReadAhead();
            }

            Assert.True(ahead.TryRead(out _));
        }

        Assert.Throws<InvalidOperationException>(() => ahead.TryRead(out _));
    }

    private static ListedSource Many() => new([.. Enumerable.Repeat<RecordedFrame[]>([SampleFrames.At(1)], ManyRuns)]);

    /// <summary>Has to wait before every third run.</summary>
    private sealed class WaitingReader(ICaptureSource inner) : ICaptureSource
    {
        private int _read;

        public long BytesRead => inner.BytesRead;

        public long BytesTotal => inner.BytesTotal;

        public IReadOnlyList<CaptureFault> Faults => inner.Faults;

        public bool TryRead(out FrameRun run)
        {
            if (_read++ % 3 == 0)
            {
                inner.ReadAhead();
            }

            return inner.TryRead(out run);
        }

        public void Dispose()
        {
        }
    }

    private sealed class FailingSource(int runs) : ICaptureSource
    {
        private int _left = runs;

        public long BytesRead => 0;

        public long BytesTotal => -1;

        public IReadOnlyList<CaptureFault> Faults => [];

        public bool TryRead(out FrameRun run)
        {
            run = new FrameRun(new FrameBlock(1, 1), 0, 0);
            return _left-- > 0 ? true : throw new InvalidOperationException();
        }

        public void Dispose()
        {
        }
    }
}
