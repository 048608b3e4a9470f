using TlsAppliance.Commands;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Tests.Commands;

public class TimedSourceTests
{
    [Fact]
    public void Passes_on_that_its_reader_waits()
    {
        WaitedFor inner = new();
        using TimedSource timed = new(inner);
        timed.ReadAhead();
        Assert.Equal(1, inner.Waits);
    }

    private sealed class WaitedFor : ICaptureSource
    {
        public int Waits { get; private set; }

        public long BytesRead => 0;

        public long BytesTotal => 0;

        public IReadOnlyList<CaptureFault> Faults => [];

        public bool TryRead(out FrameRun run)
        {
            run = default;
            return false;
        }

        public void ReadAhead() => Waits++;

        public void Dispose()
        {
        }
    }
}
