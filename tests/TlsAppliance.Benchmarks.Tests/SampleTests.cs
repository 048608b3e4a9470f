using TlsAppliance.Benchmarks.Capture;
using TlsAppliance.Benchmarks.Events;
using TlsAppliance.Benchmarks.Network.Reassembly;
using TlsAppliance.Benchmarks.Pipeline;
using TlsAppliance.Benchmarks.Pipeline.Dispatch;
using TlsAppliance.Benchmarks.Pipeline.Lanes;
using TlsAppliance.Benchmarks.Pipeline.Shards;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Benchmarks.Tests;

/// <summary>A benchmark whose input takes another way than meant measures nothing: each one does what its name says.</summary>
public class SampleTests
{
    public static TheoryData<byte[]> Frames => [.. SampleFrames.Plain, .. SampleFrames.Tunnelled];

    [Theory]
    [MemberData(nameof(Frames))]
    public void Every_frame_decodes(byte[] frame)
    {
        DecodedFrame decoded = default;
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
    }

    [Fact]
    public void Figures_per_frame_are_shared_out_among_as_many_frames_as_there_are()
    {
        Assert.Equal(SampleFrames.Count, SampleFrames.Plain.Length);
        Assert.Equal(SampleFrames.Count, SampleFrames.Tunnelled.Length);
        Assert.Equal(10 * SampleFrames.FramesPerSession, SampleFrames.Sessions(10).Length);
    }

    [Fact]
    public void Streams_are_delivered_whole()
    {
        StreamReassemblerBenchmarks streams = new();
        Assert.Equal(64 * 1400, streams.InOrder());
        Assert.Equal(64 * 1400, streams.PairsSwapped());
        Assert.Equal(32 * 1400, streams.EachTwice());
    }

    [Fact]
    public void Captures_are_read_to_their_end()
    {
        CaptureFileReaderBenchmarks captures = new();
        Assert.Equal(1000 * SampleFrames.FramesPerSession, captures.Pcap());
        Assert.Equal(1000 * SampleFrames.FramesPerSession, captures.Pcapng());
    }

    [Fact]
    public void Lanes_hand_over_every_frame() => Assert.Equal(LaneBenchmarks.Frames * SampleFrames.Plain[0].Length, new LaneBenchmarks().HandOff());

    [Fact]
    public void Finished_connections_are_shunted_to_their_last_frame()
    {
        FrameDispatcherBenchmarks dispatch = new();
        Assert.Equal(0, dispatch.Dispatch());
        long first = dispatch.DispatchShunted();
        Assert.Equal(FrameDispatcherBenchmarks.FramesAfterOpening, dispatch.DispatchShunted() - first);
    }

    [Fact]
    public void Every_pass_of_a_shard_gives_an_event_per_session()
    {
        ShardBenchmarks shard = new();
        Assert.Equal(64, shard.Session());
        Assert.Equal(128, shard.Session());
    }

    [Fact]
    public void Events_with_certificates_are_longer()
    {
        using TlsEventRendererBenchmarks events = new();
        Assert.True(events.Classic() > events.ClassicWithoutCertificates() + 1000);
        Assert.True(events.Ecs() > events.EcsWithoutCertificates() + 1000);
    }

    [Fact]
    public void Every_replay_gives_an_event_per_session()
    {
        ReplayPipelineBenchmarks pipeline = new();
        Assert.Equal(1000 * SampleFrames.FramesPerSession, pipeline.Replay());
        Assert.Equal(2000 * SampleFrames.FramesPerSession, pipeline.Replay());
        Assert.Equal(2000, pipeline.Events);
    }
}
