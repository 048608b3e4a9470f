using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class WaitingStreamTests
{
    [Fact]
    public void Hands_over_what_the_stream_holds()
    {
        byte[] content = SampleFrames.Bytes(200_000);
        using WaitingStream stream = new(() => new PipeOfPieces(content, 70_001), CancellationToken.None);
        using MemoryStream all = new();
        stream.CopyTo(all);
        Assert.Equal(content, all.ToArray());
    }

    [Fact]
    public void Tells_why_it_cannot_be_opened()
    {
        using WaitingStream stream = new(() => throw new FileNotFoundException(), CancellationToken.None);
        Assert.Throws<FileNotFoundException>(() => stream.ReadByte());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(24)]
    [InlineData(100)]
    public void A_stop_ends_a_silent_pipe_without_a_fault(int received)
    {
        byte[] content = PcapWriter.Build(SampleFrames.Of(4));
        using CancellationTokenSource stop = new();
        using SilentPipe pipe = new(content[..received], stop.Cancel);
        using CaptureFileReader reader = new("pipe", new FrameBlockPool(), () => new WaitingStream(() => pipe, stop.Token));

        int frames = 0;
        while (reader.TryRead(out FrameBlock? block))
        {
            frames += block.Count;
            block.Release();
        }

        Assert.Null(reader.Fault);
        Assert.Equal(received < 100 ? 0 : 1, frames);
    }

    /// <summary>Has some bytes, then nothing for as long as the test lasts; says when somebody waits.</summary>
    private sealed class SilentPipe(byte[] content, Action waits) : MemoryStream(content)
    {
        private readonly ManualResetEventSlim _end = new();

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            int read = base.Read(buffer);
            if (read == 0)
            {
                waits();
                _end.Wait();
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
